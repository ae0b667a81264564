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

    @Test(arguments: interfaceCases)
    func whatHasNoEffectIsReportedWithItsLocation(wrong: Case) throws {
        #expect(try BoundSchema(wrong.sdl).errors == wrong.errors)
    }

    /// Schemas that look much like those, and work.
    @Test(arguments: [
        // Rows of an interface are sorted by the member that it names.
        #"type Query { a: [I] @rest(list: "/a") } interface I { t: String @json(name: "x") } "#
            + #"type A implements I { t: String @json(name: "x") }"#,
    ])
    func whatWorksIsLoaded(sdl: String) throws {
        #expect(try BoundSchema(sdl).errors == [])
    }
}
