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

    @Test(arguments: interfaceCases + templateCases)
    func whatHasNoEffectIsReportedWithItsLocation(wrong: Case) throws {
        #expect(try BoundSchema(wrong.sdl).errors == wrong.errors)
    }

    /// Schemas that look much like those, and work.
    @Test(arguments: [
        // Rows of an interface are sorted by the member that it names.
        #"type Query { a: [I] @rest(list: "/a") } interface I { t: String @json(name: "x") } "#
            + #"type A implements I { t: String @json(name: "x") }"#,
        #"type Query { a(x: ID): [A] @rest(list: "{?x}") b: A @rest(get: "") c(x: ID): A @rest(get: "{/x}") "#
            + #"d(x: ID!): A @rest(get: "/d/..{x}") e(x: ID): A @rest(get: "/.well-known/...{?x}") } type A { id: ID }"#,
    ])
    func whatWorksIsLoaded(sdl: String) throws {
        #expect(try BoundSchema(sdl).errors == [])
    }
}
