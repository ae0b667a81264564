import JSON
import Testing
import Upstream

/// Writes: what is sent, and what is shown of every response.
@Suite struct WriteTests {
    static let sdl = """
        schema @upstream(items: "data") { query: Query mutation: Mutation }
        type Query { book(id: ID!): Book @rest(get: "/books/{id}") }
        type Mutation {
          add(input: BookInput!, workspace: String): Payload @rest(post: "/books")
          change(id: ID!, changes: BookInput, dry: Boolean): Book @rest(patch: "/books/{id}{?dry}", body: "changes")
          remove(id: ID!): Payload @rest(delete: "/books/{id}")
        }
        input BookInput {
          title: String @json(name: "headline")
          pageCount: Int = 1
          genre: Genre
          tags: [Genre!]
          parts: [PartInput!]
          extras: JSON
          extraValues: ExtrasInput @json(name: "extras")
        }
        input PartInput { partName: String }
        input ExtrasInput { all: JSON @self riskScore: Int }
        enum Genre { CRIME SCIENCE @json(name: "sci-fi") }
        scalar JSON
        type Payload { book: Book @written key: ID @written(view: "KEY") }
        type Book @entity(get: "/books/{id}", deletedAt: "deleted_at") {
          id: ID!
          title: String @json(name: "headline")
          pageCount: Int
        }
        """

    private static func harness(
        _ responses: @escaping @Sendable (String) -> ScriptedTransport.Outcome
    ) throws -> UpstreamHarness {
        try UpstreamHarness(sdl, transport: ScriptedTransport(requests: { responses("\($0.method) \($0.path)") }))
    }

    // MARK: - What is sent

    @Test(arguments: [
        (#"add(input: {})"#, #"POST /books {"page_count":1}"#),
        (#"add(input: { pageCount: null, title: null })"#, #"POST /books {"headline":null,"page_count":null}"#),
        (
            #"add(input: { title: "é\"", genre: SCIENCE, tags: [CRIME, SCIENCE], parts: [{ partName: "p" }, {}] })"#,
            #"POST /books {"headline":"é\"","page_count":1,"genre":"sci-fi","tags":["crime","sci-fi"],"parts":[{"part_name":"p"},{}]}"#
        ),
        (
            #"add(input: { extras: { aB: { cD: [1, null] } } })"#,
            #"POST /books {"page_count":1,"extras":{"aB":{"cD":[1,null]}}}"#
        ),
        (
            #"add(input: { extras: { a: 1 }, extraValues: { all: { b: 2 }, riskScore: 3 } })"#,
            #"POST /books {"page_count":1,"extras":{"a":1,"b":2,"risk_score":3}}"#
        ),
        (
            #"add(input: { extraValues: { riskScore: null } })"#,
            #"POST /books {"page_count":1,"extras":{"risk_score":null}}"#
        ),
        (#"change(id: "a b/c", dry: true) { id }"#, "PATCH /books/a%20b%2Fc?dry=true"),
        (#"change(id: "1", changes: null) { id }"#, "PATCH /books/1"),
        (#"remove(id: 7)"#, "DELETE /books/7"),
    ])
    func argumentsAreSentAsPathAndBody(field: String, line: String) async throws {
        let harness = try Self.harness { _ in .json(#"{"id":"1","headline":"h","page_count":2}"#) }
        let selection = field.hasSuffix("}") ? "" : " { key }"
        let response = try await harness.run("mutation { \(field)\(selection) }")
        #expect(response["errors"] == nil)
        #expect(harness.transport.log == [line])
        let types = harness.transport.requests.map { request in
            request.headers.first { $0.name == "Content-Type" }?.value
        }
        #expect(types == [line.contains("{") ? "application/json" : nil])
    }

    @Test(
        arguments: [
            (
                #"{ extras: { risk_score: 1 }, extraValues: { riskScore: 2 } }"#,
                #"The key "risk_score" is given twice; keep one."#, ["input", "extraValues", "riskScore"]
            ),
            (
                #"{ extraValues: { all: { risk_score: 1 }, riskScore: 2 } }"#,
                "The field is given in two ways; use only one.", ["input", "extraValues", "riskScore"]
            ),
            (#"{ extraValues: { all: [1] } }"#, "The field must be an object.", ["input", "extraValues", "all"]),
            (
                #"{ extras: null, extraValues: { riskScore: 2 } }"#,
                "The field is given in two ways; use only one.", ["input", "extraValues"]
            ),
        ] as [(String, String, JSONValue)]
    )
    func aMemberGivenTwiceIsNotSent(input: String, message: String, field: JSONValue) async throws {
        let harness = try Self.harness { _ in .json("{}") }
        let response = try await harness.run("mutation { add(input: \(input)) { key } }")
        #expect(response["data"] == ["add": .null])
        #expect(response["errors"]?[0]?["message"] == .string(message))
        #expect(response["errors"]?[0]?["extensions"] == ["code": "BAD_USER_INPUT", "field": field])
        #expect(harness.transport.log == [])
    }

    @Test(arguments: ["", ".", ".."])
    func anObjectThatNoPathLeadsToIsNotWritten(id: String) async throws {
        let harness = try Self.harness { _ in .json("{}") }
        let response = try await harness.run("mutation { remove(id: \"\(id)\") { key } }")
        #expect(response["errors"]?[0]?["extensions"]?["code"] == "NOT_FOUND")
        #expect(harness.transport.log == [])
    }

    // MARK: - What is shown

    /// A response to a POST, what is shown then, and the calls after it.
    struct Response: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let outcome: ScriptedTransport.Outcome
        let selection: String
        let shown: JSONValue
        var calls: [String] = []
        var code: JSONValue?
    }

    static let whole = #"{"id":"1","headline":"h","page_count":2}"#
    static let responses = [
        Response(
            testDescription: "bare",
            outcome: .status(201, whole),
            selection: "book { id title pageCount } key",
            shown: ["book": ["id": "1", "title": "h", "pageCount": 2], "key": "1"]
        ),
        Response(
            testDescription: "wrapped",
            outcome: .json(#"{"data":{"id":"1","headline":"h"},"error":null}"#),
            selection: "book { title } key",
            shown: ["book": ["title": "h"], "key": "1"]
        ),
        Response(
            testDescription: "a summary without what is selected",
            outcome: .json(#"{"id":"1","page_count":9}"#),
            selection: "book { title pageCount } key",
            shown: ["book": ["title": "h", "pageCount": 2], "key": "1"],
            calls: ["GET /books/1"]
        ),
        Response(
            testDescription: "nothing, with the address of what was made",
            outcome: .status(204, "", headers: [("Location", "http://upstream.test/v1/books/1?x")]),
            selection: "book { id title }",
            shown: ["book": ["id": "1", "title": "h"]],
            calls: ["GET /books/1"]
        ),
        Response(
            testDescription: "nothing, and no more than the key is selected",
            outcome: .status(204, "", headers: [("Location", "/v1/books/a%20b")]),
            selection: "book { id __typename } key",
            shown: ["book": ["id": "a b", "__typename": "Book"], "key": "a b"]
        ),
        Response(
            testDescription: "nothing at all",
            outcome: .status(204, ""),
            selection: "book { id } key",
            shown: ["book": .null, "key": .null],
            code: "UPSTREAM_INVALID_RESPONSE"
        ),
        Response(
            testDescription: "an object that is none of the type",
            outcome: .json(#"{"ok":true}"#),
            selection: "book { id } key",
            shown: ["book": .null, "key": .null],
            code: "UPSTREAM_INVALID_RESPONSE"
        ),
        Response(
            testDescription: "a page of a proxy with a success",
            outcome: .json("<html>"),
            selection: "key",
            shown: .null,
            code: "UPSTREAM_OUTCOME_UNKNOWN"
        ),
        Response(
            testDescription: "an object that cannot be read afterwards",
            outcome: .json(#"{"id":"2"}"#),
            selection: "book { id title } key",
            shown: ["book": ["id": "2", "title": .null], "key": "2"],
            calls: ["GET /books/2"],
            code: "NOT_FOUND"
        ),
    ]

    @Test(arguments: responses)
    func everyResponseToAPostIsShown(response: Response) async throws {
        let harness = try Self.harness { line in
            switch line {
            case "POST /books": response.outcome
            case "GET /books/1": .json(Self.whole)
            default: .status(404, "")
            }
        }
        let json = try await harness.run("mutation { add(input: {}) { \(response.selection) } }")
        #expect(json["data"]?["add"] == response.shown)
        #expect(json["errors"]?[0]?["extensions"]?["code"] == response.code)
        #expect(harness.transport.log == [#"POST /books {"page_count":1}"#] + response.calls)
    }

    @Test func aMemberThatNoObjectHasIsFetchedOnce() async throws {
        let harness = try Self.harness { _ in .json(#"{"id":"1","headline":"h"}"#) }
        for _ in 1...3 {
            let json = try await harness.run(#"mutation { change(id: "1") { pageCount } }"#)
            #expect(json == ["data": ["change": ["pageCount": .null]]])
        }
        #expect(harness.transport.log.filter { $0.hasPrefix("GET") } == ["GET /books/1"])
    }

    @Test func aPatchWithoutAResponseIsReadOnlyIfMoreThanTheKeyIsSelected() async throws {
        let harness = try Self.harness { $0.hasPrefix("GET") ? .json(Self.whole) : .status(204, "") }
        #expect(try await harness.run(#"mutation { change(id: "1") { id } }"#) == ["data": ["change": ["id": "1"]]])
        #expect(harness.transport.log == ["PATCH /books/1"])
        let json = try await harness.run(#"mutation { change(id: "1") { title } }"#)
        #expect(json == ["data": ["change": ["title": "h"]]])
        #expect(harness.transport.log == ["PATCH /books/1", "PATCH /books/1", "GET /books/1"])
    }

    @Test(
        arguments: [
            (#"{"id":"1","headline":"h","deleted_at":"2026-01-01T00:00:00Z"}"#, ["title": "h"]),
            (#"{"data":{"id":"1","headline":"h"}}"#, ["title": "h"]), ("", .null),
            (#"{"data":null,"error":null}"#, .null),
        ] as [(String, JSONValue)]
    )
    func aDeletedObjectIsShownAsFarAsItIsKnown(body: String, book: JSONValue) async throws {
        let harness = try Self.harness { _ in .status(body.isEmpty ? 204 : 200, body) }
        let json = try await harness.run(#"mutation { remove(id: "1") { book { title } key } }"#)
        #expect(json == ["data": ["remove": ["book": book, "key": "1"]]])
        #expect(harness.transport.log == ["DELETE /books/1"])
    }

    @Test func aDeletionConcernsTheTypesThatReferToTheObjectToo() async throws {
        let sdl =
            Self.sdl.replacing(#"items: "data")"#, with: #"items: "data") @cacheControl(maxAge: 60)"#) + """

                extend type Query { loan(id: ID!): Loan @rest(get: "/loans/{id}") other(id: ID!): Other @rest(get: "/others/{id}") }
                type Loan @entity(get: "/loans/{id}") { id: ID! book: Book @reference(key: "book_id") }
                type Other @entity(get: "/others/{id}") { id: ID! }
                """
        let transport = ScriptedTransport { path in .json(#"{"id":"\#(path.split(separator: "/").last ?? "")"}"#) }
        let harness = try UpstreamHarness(sdl, transport: transport)
        let reads = #"{ loan(id: "1") { id } other(id: "1") { id } book(id: "2") { id } }"#
        for write in ["", #"change(id: "1") { id }"#, #"remove(id: "1") { key }"#] {
            if !write.isEmpty { _ = try await harness.run("mutation { \(write) }") }
            _ = try await harness.run(reads)
        }
        let log = harness.transport.log
        // Different things are asked for side by side.
        #expect(log.prefix(3).sorted() == ["GET /books/2", "GET /loans/1", "GET /others/1"])
        #expect(log.dropFirst(3) == ["PATCH /books/1", "DELETE /books/1", "GET /loans/1"])
    }

    @Test func theResponseToAWriteIsReadWithoutACall() async throws {
        let sdl = Self.sdl.replacing(#"items: "data")"#, with: #"items: "data") @cacheControl(maxAge: 60)"#)
        let harness = try UpstreamHarness(sdl, transport: ScriptedTransport(requests: { _ in .json(Self.whole) }))
        _ = try await harness.run(#"mutation { change(id: "1") { id } }"#)
        let json = try await harness.run(#"{ book(id: "1") { title pageCount } }"#)
        #expect(json == ["data": ["book": ["title": "h", "pageCount": 2]]])
        #expect(harness.transport.log == ["PATCH /books/1"])
        _ = try await harness.run(#"{ book(id: "1") { title } }"#, authorization: "Bearer other")
        #expect(harness.transport.log == ["PATCH /books/1", "GET /books/1"])
    }
}
