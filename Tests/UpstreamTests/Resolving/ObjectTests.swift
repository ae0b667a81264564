import JSON
import Testing
import Upstream

/// Objects and references: every distinct key is fetched once, for all parents together.
@Suite struct ObjectTests {
    private static let sdl = """
        type Query {
          books(genre: String): [Book!] @rest(list: "/books{?genre}")
          author(id: ID!): Author @rest(get: "/authors/{id}")
        }
        type Book { title: String author: Author @reference(key: "author_id") reviews: [Review!] @rest(list: "/books/{parent.id}/reviews") extras: Extras }
        type Author @entity(get: "/authors/{id}") { id: ID! name: String }
        type Review { text: String }
        type Extras { all: Any @self one(key: String!): Any @member(namedBy: "key") entries: [Extra!] @entries }
        type Extra { key: String! value: Any }
        scalar Any
        """

    private func harness(_ responses: [String: ScriptedTransport.Outcome]) throws -> UpstreamHarness {
        try UpstreamHarness(Self.sdl, transport: ScriptedTransport(responses))
    }

    @Test func hundredRowsWithTenKeysMakeTenCallsMore() async throws {
        let books = (0..<100).map { #"{"title":"t\#($0)","author_id":\#($0 % 10)}"# }.joined(separator: ",")
        let transport = ScriptedTransport { path in
            path == "/books"
                ? .json("[\(books)]") : .json(#"{"id":\#(path.dropFirst(9)),"name":"n\#(path.dropFirst(9))"}"#)
        }
        let response = try await UpstreamHarness(Self.sdl, transport: transport).run("{ books { author { name } } }")
        #expect(
            response["data"]?["books"]?.arrayValue == (0..<100).map { ["author": ["name": .string("n\($0 % 10)")]] }
        )
        #expect(transport.paths.sorted() == (0..<10).map { "/authors/\($0)" } + ["/books"])
    }

    @Test func aRowWithoutAKeyOrAnAuthorHasNull() async throws {
        let books = #"[{"author_id":"a/1"},{"author_id":null},{},{"author_id":"gone"},{"author_id":"a/1"}]"#
        let harness = try harness([
            "/books": .json(books), "/authors/a%2F1": .json(#"{"id":"a/1","name":"n"}"#),
        ])
        let response = try await harness.run("{ books { author { id } } }")
        let (author, null): (JSONValue, JSONValue) = (["author": ["id": "a/1"]], ["author": .null])
        #expect(response == ["data": ["books": [author, null, null, null, author]]])
        #expect(harness.transport.paths == ["/books", "/authors/a%2F1", "/authors/gone"])
    }

    @Test func aKeyThatFailsFailsItsOwnRowsOnly() async throws {
        let harness = try harness([
            "/books": .json(#"[{"author_id":1},{"author_id":2},{"author_id":1}]"#),
            "/authors/1": .status(500, ""),
            "/authors/2": .json(#"{"id":2,"name":"n"}"#),
        ])
        let response = try await harness.run("{ books { author { name } } }")
        #expect(response["data"]?["books"] == [["author": .null], ["author": ["name": "n"]], ["author": .null]])
        let paths = response["errors"]?.arrayValue?.compactMap { $0["path"] }
        #expect(paths == [["books", 0, "author"], ["books", 2, "author"]])
    }

    @Test func aCollectionBelowEveryRowIsAskedForOnceEach() async throws {
        let harness = try harness([
            "/books": .json(#"[{"id":1},{"id":2},{"title":"without an id"},{"id":1}]"#),
            "/books/1/reviews": .json(#"[{"text":"good"}]"#),
            "/books/2/reviews": .json("[]"),
        ])
        let response = try await harness.run("{ books { reviews { text } } }")
        let good: JSONValue = ["reviews": [["text": "good"]]]
        #expect(response == ["data": ["books": [good, ["reviews": []], ["reviews": .null], good]]])
        // Reviews are asked for side by side.
        #expect(harness.transport.paths.first == "/books")
        #expect(harness.transport.paths.sorted() == ["/books", "/books/1/reviews", "/books/2/reviews"])
    }

    @Test func aliasesWithEqualArgumentsShareACall() async throws {
        let harness = try harness(["/authors/1": .json(#"{"id":1,"name":"n"}"#)])
        let query = #"{ a: author(id: "1") { id } b: author(id: "1") { name } c: author(id: "2") { id } }"#
        let response = try await harness.run(query, authorization: "Bearer k")
        #expect(response == ["data": ["a": ["id": "1"], "b": ["name": "n"], "c": .null]])
        #expect(harness.transport.paths.sorted() == ["/authors/1", "/authors/2"])
    }

    @Test func membersOfAnObjectCanBeListed() async throws {
        let extras = #"{"b":[1,{"x":null}],"a":"text","näme":null}"#
        let harness = try harness(["/books": .json(#"[{"extras":\#(extras)},{"extras":{}},{"extras":null}]"#)])
        let query = #"{ books { extras { all one(key: "a") none: one(key: "z") entries { key value } } } }"#
        let books = try await harness.run(query)["data"]?["books"]
        #expect(books?[0]?["extras"]?["all"] == (try JSONValue(parsing: Array(extras.utf8))))
        #expect(books?[0]?["extras"]?["one"] == "text")
        #expect(books?[0]?["extras"]?["none"] == .null)
        #expect(
            books?[0]?["extras"]?["entries"] == [
                ["key": "b", "value": [1, ["x": .null]]], ["key": "a", "value": "text"],
                ["key": "näme", "value": .null],
            ]
        )
        #expect(books?[1]?["extras"]?["entries"] == [])
        #expect(books?[2] == ["extras": .null])
        #expect(harness.transport.paths == ["/books"])
    }

    /// The members that a row can have: of every kind, absent, and one after another in different places.
    private static let extras = [
        #"{"a":1,"b":"x","c":[1,{"y":"z"}],"d":{"k":true}}"#, #"{"b":"x","a":1.50e2}"#, #"{"a":null}"#, "{}", "null",
        #"{"a":"first","a":"last"}"#, #"{"\u0061":"escaped","b":false}"#,
    ]

    private static func expected(_ value: JSONValue?) -> [JSONValue] {
        value?["data"]?["books"]?.arrayValue ?? []
    }

    @Test(arguments: ["a", "b", "c", "d", "A", ""]) func membersNamedByConstantsAndVariablesAreTheSame(
        name: String
    ) async throws {
        let rows = Self.extras.map { #"{"extras":\#($0)}"# }.joined(separator: ",")
        let harness = try harness(["/books": .json("[\(rows)]")])
        let constant = try await harness.run("{ books { extras { x: one(key: \"\(name)\") } } }")
        let expected = try Self.extras.map { text -> JSONValue in
            let object = try JSONValue(parsing: Array(text.utf8))
            return ["extras": object.isNull ? .null : ["x": object[name] ?? .null]]
        }
        #expect(Self.expected(constant) == expected)
        let variable = try await harness.run(
            "query($k: String!) { books { extras { x: one(key: $k) } } }",
            variables: ["k": .string(name)]
        )
        #expect(variable == constant)
    }
}
