package import GraphQL

/// The directives by which a schema says where its data comes from.
package enum BindingDirectives {
    /// Their definitions, parsed.
    package static let document: Document = {
        do {
            return try Document(parsing: Source(sdl, name: "binding directives"), limits: .unlimited)
        } catch {
            preconditionFailure("The binding directives are no GraphQL: \(error)")
        }
    }()

    /// Their definitions in SDL, known to every schema that the gateway loads.
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
        ) on FIELD_DEFINITION

        "How one object of the type is fetched by its key."
        directive @entity(
          "A GET of one object; its only variable is the key's name."
          get: String!
          "The member that identifies an object."
          key: String! = "id"
          "A member that, unless null, tells that the object is deleted and counts as missing."
          deletedAt: String
        ) on OBJECT

        "The field is the entity whose key stands in this member of the parent's JSON."
        directive @reference(key: String!) on FIELD_DEFINITION

        """
        The upstream's name of something. Without the directive it is the GraphQL name in snake_case, an enum value's in
        lower case, and an object type's (as a discriminator spells it) as it is.
        """
        directive @json(name: String!) on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE | OBJECT

        "The field is its parent's JSON object itself, seen as the field's type."
        directive @self on FIELD_DEFINITION

        "The field is the member of its parent's JSON that the argument names."
        directive @member(namedBy: String!) on FIELD_DEFINITION

        "The field lists the members of its parent's JSON as objects with `key` and `value`."
        directive @entries on FIELD_DEFINITION

        "Which member of the JSON tells the concrete type of an interface or union."
        directive @discriminator(member: String!) on INTERFACE | UNION

        "The conventions of the upstream's answers."
        directive @upstream(
          "The member that holds a collection's rows; without it the answer is the array itself."
          items: String
          "The member that counts all rows of a collection."
          total: String
          "The query parameter for the page's number, counted from 1; without it collections are not paged."
          page: String
          "The query parameter for the number of rows in a page."
          perPage: String
          "The most rows that a page can have."
          maxPerPage: Int! = 100
          "How many rows a field has whose arguments do not say."
          defaultPerPage: Int! = 25
          "The member of an error's body that tells what happened."
          message: String! = "message"
          "The member of an error's body that holds a code, a text or an object with `message`."
          error: String! = "error"
        ) on SCHEMA
        """#
}
