import GraphQL
import JSON
import JSONRPC
import Testing

@testable import Gateway

/// The search for types and fields by words.
@Suite struct SchemaSearchTests {
    static let schema = """
        type Query { "Books of the shop." books(first: Int): [Book!] author(id: ID!): Author }
        "Something to read."
        type Book { id: ID! title: String "When it has to be back." dueDate: String writtenBy: Author }
        type Author { name: String! }
        enum Genre { CRIME POETRY }
        input BookInput { title: String! }
        """

    private func search() throws -> SchemaSearch { SchemaSearch(try Schema(sdl: Source(Self.schema))) }

    @Test(arguments: [
        ("due date", "Book.dueDate"), ("dueDate", "Book.dueDate"), ("book", "Book"), ("something to READ", "Book"),
        ("authors", "Author"), ("poetry", "Genre.POETRY"), ("book input title", "BookInput.title"),
        ("first book", "Query.books"), ("book author", "Book.writtenBy"),
    ])
    func theBestMatchComesFirst(words: String, name: String) throws {
        #expect(try search().names(words).first == name)
    }

    @Test func whatMatchesNothingIsLeftOut() throws {
        #expect(try search().names("zebra").isEmpty)
        #expect(try search().names("").isEmpty)
        #expect(try search().names("poetry") == ["Genre.POETRY"])
    }

    @Test func aMatchHasSignatureAndDescription() throws {
        let result = try search().result(["words": "books of the shop"])
        #expect(
            result["matches"]?[0] == [
                "kind": "field", "name": "Query.books", "signature": "books(first: Int): [Book!]",
                "description": "Books of the shop.",
            ]
        )
        let type = try search().result(["words": "read"])["matches"]?[0]
        #expect(
            type == [
                "kind": "type", "name": "Book",
                "signature": "Book { id: ID!; title: String; dueDate: String; writtenBy: Author }",
                "description": "Something to read.",
            ]
        )
    }

    /// Each word is looked for in every entry: a text of many would keep everybody else waiting.
    @Test func onlyTheFirstTwentyWordsAreSearchedFor() throws {
        let others = (0..<30).map { "w\($0)" }
        #expect(try search().names((others.prefix(19) + ["poetry"]).joined(separator: " ")) == ["Genre.POETRY"])
        #expect(try search().names((others.prefix(20) + ["poetry"]).joined(separator: " ")).isEmpty)
        // A word that comes again is not another one.
        let repeated = String(repeating: "w ", count: 400) + "poetry"
        #expect(try search().result(["words": .string(repeated)])["matches"]?[0]?["name"] == "Genre.POETRY")
        let tooLong = JSONValue.string(String(repeating: "a", count: 1001))
        #expect(throws: RPCError.self) { try search().result(["words": tooLong]) }
    }
}
