import JSON
import Testing

@testable import Upstream

/// Which members of an object its fields can show: one that none shows cannot be missed.
@Suite struct ShownMemberTests {
    private static func sdl(_ fields: String) -> String {
        """
        schema @upstream { query: Query }
        type Query { book(id: ID!): Book @rest(get: "/books/{id}") }
        type Book @entity(get: "/books/{id}", list: "/books") { id: ID! \(fields) }
        type Author @entity(get: "/authors/{id}") { id: ID! }
        type Entry { key: String! value: JSON }
        type Rest { entries: [Entry!] @entries }
        type Size { width: Int heightInMM: Int @json(name: "h") }
        scalar JSON
        """
    }

    @Test(arguments: [
        ("title: String", ["id", "title"]),
        ("longTitle: String @json(name: \"full\")", ["id", "full"]),
        ("author: Author @reference(key: \"author_id\")", ["id", "author", "author_id"]),
        ("size: Size @self", ["id", "size", "width", "h"]),
    ])
    func membersAreThoseThatFieldsRead(fields: String, members: [String]) throws {
        let bound = try BoundSchema(Self.sdl(fields))
        try #require(bound.errors == [])
        let found = try #require(bound.table.entity(named: "Book")?.members)
        #expect(found.isSuperset(of: members.map { JSONKey($0) }))
        #expect(!found.contains("etag"))
    }

    @Test(arguments: [
        "raw: JSON @self", "one(name: String!): JSON @member(namedBy: \"name\")", "entries: [Entry!] @entries",
        "rest: Rest @self",
    ])
    func aFieldThatShowsWhateverTheObjectHasShowsAll(fields: String) throws {
        let bound = try BoundSchema(Self.sdl(fields))
        try #require(bound.errors == [])
        #expect(bound.table.entity(named: "Book")?.members == nil)
    }
}
