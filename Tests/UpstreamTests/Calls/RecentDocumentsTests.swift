import GraphQL
import JSON
import Testing

@testable import Upstream

@Suite struct RecentDocumentsTests {
    private let documents = RecentDocuments()

    private func document(_ text: String, path: String = "/rows", workspace: Int = 0) throws -> JSONDocument {
        try documents.document(of: Array(text.utf8), to: Call(workspace: workspace, path: path), limits: .standard)
    }

    @Test func equalResponsesToAPathHaveOneDocument() throws {
        let first = try document(#"{"id":"1","name":"n"}"#)
        #expect(try document(#"{"id":"1","name":"n"}"#) === first)
        let other = try document(#"{"id":"1","name":"m"}"#)
        #expect(other !== first)
        #expect(other.value(at: 0) == ["id": "1", "name": "m"])
        // Only the latest document of a path is known.
        let again = try document(#"{"id":"1","name":"n"}"#)
        #expect(again !== first)
        #expect(again.value(at: 0) == ["id": "1", "name": "n"])
        #expect(try document(#"{"id":"1","name":"n"}"#, path: "/rows?page=2") !== again)
        #expect(try document(#"{"id":"1","name":"n"}"#, workspace: 1) !== again)
    }

    @Test func contentThatIsNotJSONIsAnErrorAgain() throws {
        let valid = try document("[1]")
        for _ in 0..<2 {
            #expect(throws: JSONError.self) { try document("[1") }
        }
        #expect(try document("[1]") === valid)
    }

    /// The text of a document differs from the content that it was made of.
    @Test func anEscapeWithoutItsPairIsReplacedEachTime() throws {
        for _ in 0..<2 {
            #expect(try document(#"["\ud800"]"#).value(at: 0) == ["\u{FFFD}"])
        }
    }

    @Test func documentsThatTakeTooMuchMemoryAreNotStored() throws {
        let text = "[\"" + String(repeating: "x", count: RecentDocuments.maximumBytes) + "\"]"
        #expect(try document(text) !== document(text))
        // Those that were stored before make room for others.
        let first = try document("[1]", path: "/first")
        for number in 0..<4000 {
            _ = try document("[\"" + String(repeating: "x", count: 2000) + "\"]", path: "/rows/\(number)")
        }
        #expect(try document("[1]", path: "/first") !== first)
    }

    /// Keys that see the same rows have one document of them; each response has its own status and time.
    @Test func responsesToSeveralKeysShareTheirDocument() throws {
        let schema = try BoundSchema(
            "schema @upstream(items: \"data\") { query: Query } type Query { a: Int @rest(get: \"/a\") }"
        )
        let reader = ResponseReader(conventions: schema.table.conventions, recentDocuments: documents)
        let responses = ["/rows", "/rows", "/rows?page=2"].map { path in
            let read = UpstreamRead(
                call: Call(path: path),
                validators: CachedResponse.Validators(),
                purpose: CallPurpose(isCollection: true)
            )
            let received = TransportResponse(status: 200, body: Array(#"{"data":[{"id":"1"}]}"#.utf8))
            return reader.response(to: read, .success(received), sentAt: .now)
        }
        let found = responses.compactMap { response in
            if case .found(let document) = response.outcome { document } else { nil }
        }
        try #require(found.count == 3)
        #expect(found[0] !== found[1])
        #expect(found[0].json === found[1].json)
        #expect(found[0].json !== found[2].json)
    }
}
