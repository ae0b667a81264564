import GraphQL
import Testing

@testable import Upstream

/// Directives without an effect, and fields that would always be null, are refused when the schema is loaded.
@Suite struct IneffectiveDirectiveTests {
    typealias Case = BindingReaderTests.Case

    static let interfaceCases = [
        Case(
            "directives on fields of an interface",
            """
            type Query { items: [Item] @rest(list: "/items") }
            interface Item {
              author: Author @reference(key: "author_id")
              parts: [Part] @rest(list: "/parts") @cacheControl(maxAge: 5)
              made: String @json(name: "made_at")
            }
            type Book implements Item { author: Author parts: [Part] made: String }
            type Author @entity(get: "/authors/{id}") { id: ID }
            type Part { id: ID }
            """,
            (
                #"@reference of field "Item.author" has no effect, as "Item" is an interface: "#
                    + "use it on the field of each type that implements it.", 3, 18
            ),
            (
                #"@rest of field "Item.parts" has no effect, as "Item" is an interface: "#
                    + "use it on the field of each type that implements it.", 4, 17
            ),
            (
                #"@cacheControl of field "Item.parts" has no effect, as "Item" is an interface: "#
                    + "use it on the field of each type that implements it.", 4, 39
            ),
            (
                #"@json of field "Item.made" has no effect, as "Item" is an interface: "#
                    + "use it on the field of each type that implements it.", 5, 16
            )
        )
    ]

    static let templateCases = [
        Case(
            "templates with dot segments",
            """
            type Query {
              a: String @rest(get: "/a/../b")
              b(id: ID!): [A] @rest(list: "/a/./{id}")
              c(x: Int): String @rest(get: "/a/..{?x}")
            }
            type A @entity(get: "/a/../{id}") { id: ID }
            """,
            (
                #"The template "/a/../{id}" has a segment "." or "..", which leads to another path: "#
                    + "use the path to which it leads.", 6, 8
            ),
            (
                #"The template "/a/../b" has a segment "." or "..", which leads to another path: "#
                    + "use the path to which it leads.", 2, 13
            ),
            (
                #"The template "/a/./{id}" has a segment "." or "..", which leads to another path: "#
                    + "use the path to which it leads.", 3, 19
            ),
            (
                #"The template "/a/..{?x}" has a segment "." or "..", which leads to another path: "#
                    + "use the path to which it leads.", 4, 21
            )
        ),
        Case(
            "templates whose first expression brings no slash",
            """
            type Query {
              a(x: String): String @rest(get: "{x}")
              b(x: String): String @rest(get: "{+x}/b")
            }
            """,
            (#"The template "{x}" is no path of the upstream: a path begins with one slash."#, 2, 24),
            (#"The template "{+x}/b" is no path of the upstream: a path begins with one slash."#, 3, 24)
        ),
    ]

    static let gatewayCases = [
        Case(
            "members that objects of the gateway do not have",
            """
            type Query { spaces: [Space] @workspace(view: "ALL") }
            type Space {
              slug: String
              color: String
              title: String @json(name: "caption")
              owner: Owner @reference(key: "owner_id")
              main: Owner
              labels: Labels @self
              quota: Quota @quota
            }
            type Labels { name: String icon: String }
            type Quota { limit: Int used: Int! }
            type Owner @entity(get: "/owners/{id}") { id: ID }
            """,
            (
                #"The field "Space.color" reads the member "color", and would always be null: an object of @workspace has only "#
                    + #""slug", "name". "#
                    + "Use one of them, or a binding that reads no other, such as @rest or @self.", 4, 3
            ),
            (
                #"The field "Space.title" reads the member "caption", and would always be null: an object of @workspace has only "#
                    + #""slug", "name". "#
                    + "Use one of them, or a binding that reads no other, such as @rest or @self.", 5, 3
            ),
            (
                #"The field "Space.owner" reads the member "owner_id", and would always be null: an object of @workspace has only "#
                    + #""slug", "name". "#
                    + "Use one of them, or a binding that reads no other, such as @rest or @self.", 6, 3
            ),
            (
                #"The field "Space.main" reads the member "main", and would always be null: an object of @workspace has only "#
                    + #""slug", "name". "#
                    + "Use one of them, or a binding that reads no other, such as @rest or @self.", 7, 3
            ),
            (
                #"The field "Labels.icon" reads the member "icon", and would always be null: an object of @workspace has only "#
                    + #""slug", "name". "#
                    + "Use one of them, or a binding that reads no other, such as @rest or @self.", 11, 28
            ),
            (
                #"The field "Quota.used" reads the member "used", and would always be null: an object of @quota has only "#
                    + #""limit", "remaining", "resetsAt". "#
                    + "Use one of them, or a binding that reads no other, such as @rest or @self.", 12, 25
            )
        ),
        Case(
            "lists of one workspace, and no list of all",
            """
            type Query {
              a: W @workspace(view: "ALL")
              b: [W] @workspace(view: "BY_SLUG")
              c: [W] @rest(list: "/c")
            }
            type W { slug: String w: [W] @workspace q: [Q] @quota }
            type Q { limit: Int }
            """,
            (#"@workspace(view: "ALL") of field "Query.a" lists workspaces, and its type "W" is no list."#, 2, 8),
            (
                #"@workspace of field "Query.b" shows one workspace: its type cannot be a list, except with `view: "ALL"`."#,
                3, 10
            ),
            (
                #"@workspace of field "W.w" shows one workspace: its type cannot be a list, except with `view: "ALL"`."#,
                6, 30
            ),
            (#"@quota of field "W.q" shows one object: its type cannot be a list."#, 6, 48)
        ),
        Case(
            "the workspace of the root",
            """
            type Query { a: W @workspace g: G }
            type G { q: Q @quota }
            type W { slug: String }
            type Q { limit: Int }
            """,
            (
                #"@workspace of field "Query.a" shows something of its parent's workspace, and the root is in no workspace: "#
                    + #"use @workspace(view: "ALL") or @workspace(view: "BY_SLUG")."#, 1, 19
            ),
            (
                #"@quota of field "G.q" shows something of its parent's workspace, and the root is in no workspace: "#
                    + "use @quota in the type of a field with @workspace.", 2, 15
            )
        ),
    ]

    static let argumentCases = [
        Case(
            "members named by what is no name",
            """
            type Query { t: T @rest(get: "/t") }
            type T {
              a(key: Int!): String @member(namedBy: "key")
              b(key: [String!]!): String @member(namedBy: "key")
              c(key: Boolean!): String @member(namedBy: "key")
              d(key: Language!): String @member(namedBy: "key")
              e(key: Range!): String @member(namedBy: "key")
            }
            enum Language { de EN @json(name: "en") }
            input Range { from: Int }
            """,
            (
                #"@member of field "T.a" needs an argument "key" that is a name, and "Int!" is none: use "String!"."#,
                3, 24
            ),
            (
                #"@member of field "T.b" needs an argument "key" that is a name, and "[String!]!" is none: use "String!"."#,
                4, 30
            ),
            (
                #"@member of field "T.c" needs an argument "key" that is a name, and "Boolean!" is none: use "String!"."#,
                5, 28
            ),
            (
                #"@member of field "T.d" reads the member with the name of an enum value, and @json gives "Language.EN" "#
                    + #"another one: use "String!", or an enum without @json."#, 6, 29
            ),
            (
                #"@member of field "T.e" needs an argument "key" that is a name, and "Range!" is none: use "String!"."#,
                7, 26
            )
        ),
        Case(
            "paging arguments that choose no rows",
            """
            schema @upstream(pageArgument: "number") { query: Query }
            type Query {
              a(first: String, last: [Int], after: Int, before: Boolean): [A] @rest(list: "/a")
              b("The page." number: ID!, perPage: Order, page: String): [A] @rest(list: "/b")
            }
            type A { id: ID }
            enum Order { UP }
            """,
            (#"The argument "first" of field "Query.a" chooses rows, and its type "String" cannot: use "Int"."#, 3, 5),
            (#"The argument "last" of field "Query.a" chooses rows, and its type "[Int]" cannot: use "Int"."#, 3, 20),
            (#"The argument "after" of field "Query.a" chooses rows, and its type "Int" cannot: use "String"."#, 3, 33),
            (
                #"The argument "before" of field "Query.a" chooses rows, and its type "Boolean" cannot: use "String"."#,
                3, 45
            ),
            (#"The argument "number" of field "Query.b" chooses rows, and its type "ID!" cannot: use "Int"."#, 4, 17),
            (#"The argument "perPage" of field "Query.b" chooses rows, and its type "Order" cannot: use "Int"."#, 4, 30)
        ),
    ]

    @Test(arguments: interfaceCases + templateCases + gatewayCases + argumentCases)
    func whatHasNoEffectIsReportedWithItsLocation(wrong: Case) throws {
        #expect(try BoundSchema(wrong.sdl).errors == wrong.errors)
    }

    /// Schemas that look much like those, and work.
    @Test(arguments: [
        // Rows of an interface are sorted by the member that it names.
        #"type Query { a: [I] @rest(list: "/a") } interface I { t: String @json(name: "x") } "#
            + #"type A implements I { t: String @json(name: "x") }"#,
        // Other fields show objects of the same type that have more members.
        #"type Query { a: W @workspace(view: "BY_SLUG") b: W @rest(get: "/w") } "#
            + "type W { slug: String color: String }",
        // Fields of a group have values where the group is not that of the root, or not that of a workspace.
        #"type Query { a: [W] @workspace(view: "ALL") g: G @self } type W { g: G @self } type G { w: W @workspace }"#,
        #"type Query { a: J @workspace(view: "ALL") } scalar J"#,
        #"type Query { a: [W] @workspace(view: "ALL") b: B @rest(get: "/b") } type W { g: G @self } "#
            + "type B { g: G @self } type G { color: String }",
        #"type Query { a: [W] @workspace(view: "ALL") b: I @rest(get: "/w") } interface I { color: String } "#
            + "type W implements I { slug: String color: String }",
        #"type Query { a: [W] @workspace(view: "ALL") } scalar J enum K { slug NAME } "#
            + #"type W { title: String @json(name: "name") all: J @self one(key: K!): J @member(namedBy: "key") w: W @workspace "#
            + #"x: X @rest(get: "/x/{parent.slug}") q: Q @quota list: [E] @entries } type X { id: ID } "#
            + "type Q { resetsAt: Int w: W @workspace } type E { key: String value: J }",
        // An argument that the template names may be a filter.
        #"type Query { a(first: String, before: Int): [A] @rest(list: "/a{?first,before}") } type A { id: ID }"#,
        "scalar Count scalar Cursor type A { id: ID } "
            + #"type Query { a(first: Count, perPage: Float, after: Cursor, before: ID): [A] @rest(list: "/a") }"#,
        #"type Query { a(x: ID): [A] @rest(list: "{?x}") b: A @rest(get: "") c(x: ID): A @rest(get: "{/x}") "#
            + #"d(x: ID!): A @rest(get: "/d/..{x}") e(x: ID): A @rest(get: "/.well-known/...{?x}") } type A { id: ID }"#,
    ])
    func effectiveDirectivesAreAccepted(sdl: String) throws {
        #expect(try BoundSchema(sdl).errors == [])
    }
}
