import JSON
import Synchronization
import Testing

@testable import Upstream

/// Fields that show all that an object has take the single object where it is looked up by its key, or was written.
@Suite struct WholeObjectTests {
    private static let sdl = """
        schema @upstream(items: "data", total: "count") @cacheControl(maxAge: 60) { query: Query mutation: Mutation }
        type Query {
          book(id: ID!): Book @rest(get: "/books/{id}")
          books: [Book!] @rest(list: "/books")
        }
        type Mutation {
          change(id: ID!): Book @rest(patch: "/books/{id}")
          remove(id: ID!): Removed @rest(delete: "/books/{id}")
        }
        type Removed { book: Book @written }
        type Book @entity(get: "/books/{id}", list: "/books") {
          id: ID!
          title: String
          raw: JSON @self
          one(name: String!): JSON @member(namedBy: "name")
          entries: [Entry!] @entries
          rest: Rest @self
        }
        type Rest { note: String all: JSON @self entries: [Entry!] @entries }
        type Entry { key: String! value: JSON }
        scalar JSON
        """

    private static let row = #"{"id":"ID","title":"t"}"#
    private static let whole = #"{"id":"ID","title":"t","note":"n"}"#

    /// An upstream of books whose rows, and whose responses to writes, are these.
    private func harness(
        row: String = row,
        written: ScriptedTransport.Outcome = .status(204, ""),
        single: @escaping @Sendable (String) -> ScriptedTransport.Outcome = {
            .json(whole.replacing("ID", with: $0))
        }
    ) throws -> UpstreamHarness {
        let rows = (1...9).map { row.replacing("ID", with: "\($0)") }
        return try UpstreamHarness(
            Self.sdl,
            transport: ScriptedTransport(requests: { request in
                if request.method != "GET" { return written }
                if request.path == "/books" {
                    return .json(#"{"data":[\#(rows.joined(separator: ","))],"count":9}"#)
                }
                return single(String(request.path.dropFirst("/books/".count)))
            })
        )
    }

    private static let object: JSONValue = ["id": "1", "title": "t", "note": "n"]
    private static let entries: JSONValue = [["key": "id"], ["key": "title"], ["key": "note"]]

    @Test(
        arguments: [
            ("raw", ["raw": object]), ("rest { all }", ["rest": ["all": object]]),
            ("entries { key }", ["entries": entries]), ("rest { entries { key } }", ["rest": ["entries": entries]]),
            ("title raw", ["title": "t", "raw": object]),
        ] as [(String, JSONValue)]
    )
    func aLookupByKeyShowsTheSingleObject(selection: String, book: JSONValue) async throws {
        let harness = try harness()
        _ = try await harness.run("{ books { raw } }")
        for _ in 1...2 {
            #expect(try await harness.run(#"{ book(id: "1") { \#(selection) } }"#) == ["data": ["book": book]])
        }
        // The list's row has all that is read here.
        _ = try await harness.run(#"{ book(id: "2") { title } }"#)
        #expect(harness.transport.log == ["GET /books", "GET /books/1"])
    }

    @Test func aMemberWhoseNameIsAVariableMayBeInTheSingleObject() async throws {
        let harness = try harness()
        _ = try await harness.run("{ books { title } }")
        let query = #"query Q($name: String!) { book(id: "1") { one(name: $name) } }"#
        #expect(try await harness.run(query, variables: ["name": "note"]) == ["data": ["book": ["one": "n"]]])
    }

    @Test(arguments: [
        ScriptedTransport.Outcome.status(204, ""), .json(#"{"id":"1"}"#), .json(#"{"id":"1","title":"t"}"#),
    ])
    func aWriteShowsTheSingleObject(written: ScriptedTransport.Outcome) async throws {
        let harness = try harness(written: written)
        let json = try await harness.run(#"mutation { change(id: "1") { raw } }"#)
        #expect(json == ["data": ["change": ["raw": Self.object]]])
        #expect(harness.transport.log == ["PATCH /books/1", "GET /books/1"])
    }

    @Test func aDeletedObjectIsShownAsItIsKnown() async throws {
        let harness = try harness(written: .json(#"{"id":"1"}"#))
        let json = try await harness.run(#"mutation { remove(id: "1") { book { raw } } }"#)
        #expect(json == ["data": ["remove": ["book": ["raw": ["id": "1"]]]]])
        #expect(harness.transport.log == ["DELETE /books/1"])
    }

    @Test func rowsThatAreKnownToBeWholeAreShown() async throws {
        let harness = try harness(row: Self.whole)
        _ = try await harness.run("{ books { title } }")
        for id in 1...9 {
            let json = try await harness.run(#"{ book(id: "\#(id)") { raw } }"#)
            #expect(json["data"]?["book"]?["raw"]?["note"] == "n")
        }
        // Six objects that agree are enough.
        #expect(harness.transport.log.count == 1 + 6)
    }

    @Test func anObjectThatCannotBeReadFailsWhereAllOfItIsShown() async throws {
        let harness = try harness(single: { _ in .status(500, "") })
        _ = try await harness.run("{ books { title } }")
        let json = try await harness.run(#"{ book(id: "1") { title raw entries { key } } }"#)
        #expect(json["data"] == ["book": ["title": "t", "raw": .null, "entries": .null]])
        #expect(json["errors"]?.arrayValue?.map { $0["path"] } == [["book", "raw"], ["book", "entries"]])
        #expect(json["errors"]?[0]?["extensions"]?["code"] == "UPSTREAM_ERROR")
    }
}
