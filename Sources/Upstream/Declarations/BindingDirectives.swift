package import GraphQL

/// The definitions of the directives by which a schema declares the sources of its data.
package enum BindingDirectives {
    /// The definitions, parsed.
    package static let document: Document = {
        do {
            return try Document(parsing: Source(sdl, name: "binding directives"), limits: .unlimited)
        } catch {
            preconditionFailure("The binding directives are no GraphQL: \(error)")
        }
    }()

    /// The definitions in SDL, which are added to every schema that the gateway loads.
    package static let sdl = #"""
        """
        Where a field's value comes from: exactly one method with a URI template (RFC 6570, level 3) below the base URL.
        A variable of the template is the field's argument of that upstream name, or `parent.x` for a member of the
        parent's JSON. A null or absent one drops out.
        """
        directive @rest(
          "A GET of one object."
          get: String
          "A GET of a collection, paged as `@upstream` says."
          list: String
          """
          Of a field that lists what belongs to its parent: the template's variable that takes the parent's key, and the
          member of each row that holds it. Lists of several parents may then be read as one and split.
          """
          by: String
          """
          Of a list: the variables of its query that are equality filters. With one, the list holds just those rows whose
          member of that name has the variable's value, as text byte by byte; `state=status` if the member has another
          name. `by` is one. What is said of a path holds for all fields that list it.
          """
          equals: [String!]
          "A POST, as all writes on a field of the mutation type."
          post: String
          "A PATCH."
          patch: String
          "A PUT."
          put: String
          "A DELETE."
          delete: String
          "Of a write: the argument that becomes the JSON body. Without a field's argument of that name the call has no body."
          body: String = "input"
        ) on FIELD_DEFINITION

        "How one object of the type is fetched by its key."
        directive @entity(
          "A GET of one object; its only variable is the key's name."
          get: String!
          "A GET of the collection that holds every object of the type, without variables."
          list: String
          "The member that identifies an object."
          key: String! = "id"
          "A member that, unless null, marks the object as deleted: it counts as missing."
          deletedAt: String
        ) on OBJECT

        "The field is the entity whose key stands in this member of the parent's JSON."
        directive @reference(key: String!) on FIELD_DEFINITION

        """
        The upstream's name of something. Without the directive it is the GraphQL name in snake_case, an enum value's in
        lower case, and an object type's (as a discriminator spells it) as it is.
        """
        directive @json(name: String!) on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE | OBJECT

        """
        The field is its parent's JSON object itself, seen as the field's type. The members of an input field's value are
        its parent's own.
        """
        directive @self on FIELD_DEFINITION | INPUT_FIELD_DEFINITION

        """
        On a field of the type that a write brings: `OBJECT` is the object that was written, as it is now or, after a DELETE,
        as far as it is known; `KEY` is its key.
        """
        directive @written(view: String! = "OBJECT") on FIELD_DEFINITION

        "The field is the member of its parent's JSON that the argument names."
        directive @member(namedBy: String!) on FIELD_DEFINITION

        "The field lists the members of its parent's JSON as objects with `key` and `value`."
        directive @entries on FIELD_DEFINITION

        "Which member of the JSON names the concrete type of an interface or union."
        directive @discriminator(member: String!) on INTERFACE | UNION

        """
        How old a response may be, in seconds: of the field's calls, of all calls for the type, or of all calls. Without it
        responses are not cached.
        """
        directive @cacheControl(
          "For how long a response is fresh."
          maxAge: Int!
          "For how much longer it is used while a fresh one is fetched in the background."
          staleWhileRevalidate: Int! = 0
          "For how much longer it is used when no fresh one can be had: the upstream fails, or the budget is used up."
          staleIfError: Int! = 0
          "Who may see it: `KEY`, the credential that fetched it, or `WORKSPACE`, every credential of the workspace."
          scope: String! = "KEY"
        ) on FIELD_DEFINITION | OBJECT | SCHEMA

        """
        The gateway's own view of workspaces, without a call: `SELF` is the workspace that the parent came from, `ALL` lists
        those that the caller may use, `BY_SLUG` is one of them. An argument of the field chooses by slug.
        """
        directive @workspace(view: String! = "SELF") on FIELD_DEFINITION

        "What is left of the caller's budget for the parent's workspace: `limit`, `remaining` and `resetsAt`."
        directive @quota on FIELD_DEFINITION

        """
        A name for an object among all types and workspaces. On a field without arguments: the parent's. On a field with
        arguments: the object, or the list of objects, that the argument names.
        """
        directive @globalID on FIELD_DEFINITION

        "The field is also a JSON-RPC method of that name."
        directive @rpc(
          method: String!
          "Of a field of the subscription type, whose method begins a subscription: the method that ends it."
          unsubscribe: String
          "Of such a field: the method of the notifications that are its events."
          notification: String
        ) on FIELD_DEFINITION

        """
        The field's objects are also resources of the Model Context Protocol, whose URIs have the field's arguments where the
        template names them: `shop://books/{id}{?language}`.
        """
        directive @resource(uri: String!) on FIELD_DEFINITION

        "Which events of the upstream's webhooks say that an object of the type has changed."
        directive @changedBy(
          "The types of the events."
          events: [String!]!
          "Where the object's key stands in an event: names of members with dots between them, such as `data.book_id`."
          key: String!
          "What happened to the object: `CREATED`, `UPDATED` or `DELETED`."
          kind: String! = "UPDATED"
          """
          Members of the object that an event states, as they are after the change, each with where its value stands:
          `state=data.new_state`. Lists that they show to be unconcerned stay cached.
          """
          members: [String!]! = []
        ) repeatable on OBJECT

        """
        On a type with `@entity(list:)`: where no webhook reports changes, the gateway looks for those of its objects by itself,
        as long as somebody wants to learn of them. It reads the page of the collection that has what changed last.
        """
        directive @polled(
          "The member that grows with each change of an object. The collection is sorted by it, if the upstream does that."
          sort: String!
          "The member with the time at which an object was made, by which new ones are known."
          creation: String
          "The least number of seconds between two readings."
          every: Int! = 5
          "The least number of seconds between two readings while webhooks report changes."
          reconcile: Int! = 60
        ) on OBJECT

        """
        On a field of the subscription type: it has an event for each change of an object of a type. The value of an event has
        the members `kind`, one of `created`, `updated` and `deleted`, and `id`, the object's key. Of the field's arguments one may
        choose a workspace, and one list keys; the others are filters: the member of that name has the value.
        """
        directive @changes(
          "The name of the type, which has `@entity`."
          of: String!
          "The argument that lists the keys of objects."
          keys: String! = "ids"
        ) on FIELD_DEFINITION

        "How the upstream signs its webhooks, and where their events have what all of them have; the configuration may differ."
        directive @webhook(
          "The header field that has the signature: an HMAC-SHA256 of the body."
          header: String! = "X-Signature"
          "What stands in the field before the signature's digits."
          prefix: String! = ""
          "How the signature is written: `HEX` or `BASE64`."
          encoding: String! = "HEX"
          "Where the type of an event stands in it."
          type: String! = "type"
          "Where its id stands, by which a second delivery is known."
          id: String! = "id"
          "Where the time of the change stands, as text of RFC 3339 or in Unix seconds."
          time: String! = "time"
          """
          For how many seconds a response is fresh while webhooks are known to report all changes of what it shows: of objects of
          a type with `@changedBy` and `@polled`.
          """
          maxAge: Int! = 0
        ) on SCHEMA

        "The conventions of the upstream's responses."
        directive @upstream(
          "The member that holds a collection's rows; without it the response is the array itself."
          items: String
          "The member that counts all rows of a collection."
          total: String
          "The query parameter for the page's number, counted from 1; without it collections are not paged."
          page: String
          "The query parameter for the number of rows in a page."
          perPage: String
          "The most rows that a page can have."
          maxPerPage: Int! = 100
          "The query parameter for the member to sort by, and what it is if not given."
          sort: String
          defaultSort: String
          "The query parameter for the direction, `asc` or `desc`, and what it is if not given."
          order: String
          defaultOrder: String
          "How many rows a field has whose arguments do not say."
          defaultPerPage: Int! = 25
          "The member of an error's body that describes the error."
          message: String! = "message"
          "The member of an error's body that holds a code, a text or an object with `message`."
          error: String! = "error"
          "The member that is false where a success status belongs to a failure."
          success: String! = "success"
          """
          The members of an error's body, or of the object in its `error`, that say for how long no call should be made: in
          seconds, with a fraction or a unit, or as an HTTP date. The header field `Retry-After` comes first.
          """
          retryAfter: [String!]! = []
          "The arguments of fields that choose workspaces by slug: one, or a list of them whose rows are merged."
          workspaceArguments: [String!]! = ["workspace", "workspaces"]
          "The argument of fields for the page's number, counted from 1, and the one for how many rows a page of the field has."
          pageArgument: String! = "page"
          perPageArgument: String! = "perPage"
          "The members of an error's body that hold blamed members of a write's body: as an object of them, or as a list."
          blameLists: [String!]! = ["errors", "details", "fields"]
          "The members of such a list's item, or of the body itself, that name a blamed member."
          blameNames: [String!]! = ["field", "path", "param", "pointer", "name"]
          "The members of such a list's item that say what is wrong."
          blameReasons: [String!]! = ["message", "msg", "detail", "reason"]
        ) on SCHEMA
        """#
}
