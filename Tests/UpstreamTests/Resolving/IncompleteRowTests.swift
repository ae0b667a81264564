import JSON
import Testing
import Upstream

/// Rows that lack a member which is read: they are completed by single objects, as far as these can be had.
@Suite struct IncompleteRowTests {
    private static let sdl = """
        schema @upstream(items: "data", total: "count", page: "page", perPage: "per_page") { query: Query }
        type Query {
          rows: [Row!] @rest(list: "/rows")
          row(id: ID!): Row @rest(get: "/rows/{id}")
        }
        type Row @entity(get: "/rows/{id}", list: "/rows", deletedAt: "deleted_at") {
          id: ID! title: String text: String note: String other: Row @reference(key: "other_id")
        }
        """

    private static let list =
        #"{"data":[{"id":"a","title":"A"},{"id":"b","title":"B"},{"id":"c","title":"C"}],"count":3}"#

    /// The result where the object `b` has this response.
    private func response(_ query: String, _ outcome: ScriptedTransport.Outcome) async throws -> JSONValue {
        let harness = try UpstreamHarness(
            Self.sdl,
            transport: ScriptedTransport { path in
                switch path {
                case "/rows/a", "/rows/c": .json(#"{"id":"\#(path.suffix(1))","title":"T","text":"t"}"#)
                case "/rows/b": outcome
                default: .json(Self.list)
                }
            }
        )
        return try await harness.run(query)
    }

    static let faults: [(outcome: ScriptedTransport.Outcome, code: String)] = [
        (.status(403, ""), "FORBIDDEN"), (.json("[]"), "UPSTREAM_INVALID_RESPONSE"),
        (.json(#""text""#), "UPSTREAM_INVALID_RESPONSE"), (.json("{}"), "UPSTREAM_INVALID_RESPONSE"),
        (.json(#"{"data":[]}"#), "UPSTREAM_INVALID_RESPONSE"),
        (.json(#"{"id":"a","title":"A","text":"t"}"#), "UPSTREAM_INVALID_RESPONSE"),
        (.json("<html>"), "UPSTREAM_INVALID_RESPONSE"),
        (.status(500, ""), "UPSTREAM_ERROR"), (.status(429, ""), "RATE_LIMITED"),
        (.broken(.timedOut), "UPSTREAM_TIMEOUT"),
    ]

    @Test(arguments: faults.indices) func eachUnknownMemberOfARowFailsAtItsOwnPath(index: Int) async throws {
        let (outcome, code) = Self.faults[index]
        let json = try await response("{ rows { id title text note } }", outcome)
        let rows: JSONValue = [
            ["id": "a", "title": "T", "text": "t", "note": .null],
            ["id": "b", "title": "B", "text": .null, "note": .null],
            ["id": "c", "title": "T", "text": "t", "note": .null],
        ]
        #expect(json["data"] == ["rows": rows])
        let errors = json["errors"]?.arrayValue ?? []
        #expect(errors.compactMap { $0["path"] } == [["rows", 1, "text"], ["rows", 1, "note"]])
        #expect(errors.allSatisfy { $0["extensions"]?["code"] == .string(code) })
    }

    @Test func aRowWhoseObjectIsGoneFailsWhereItIsNotKnown() async throws {
        let json = try await response("{ rows { id text } }", .status(404, ""))
        #expect(json["data"]?["rows"]?[1] == ["id": "b", "text": .null])
        #expect(json["errors"]?.arrayValue?.compactMap { $0["path"] } == [["rows", 1, "text"]])
        #expect(json["errors"]?[0]?["extensions"]?["code"] == "NOT_FOUND")
    }

    @Test func aReferenceOfARowThatIsNotKnownFails() async throws {
        let json = try await response("{ rows { other { id } } }", .status(500, ""))
        #expect(json["data"]?["rows"] == [["other": .null], ["other": .null], ["other": .null]])
        #expect(json["errors"]?.arrayValue?.compactMap { $0["path"] } == [["rows", 1, "other"]])
    }

    @Test func memberHiddenFromOneKeyIsReadWithAnother() async throws {
        let transport = ScriptedTransport(requests: { request in
            guard request.path.hasPrefix("/rows/") else { return .json(Self.list) }
            let isHigh = request.headers.contains { $0.value == "Bearer high" }
            return .json(#"{"id":"\#(request.path.suffix(1))","title":"T"\#(isHigh ? #","text":"t""# : "")}"#)
        })
        let harness = try UpstreamHarness(Self.sdl, transport: transport)
        let query = "{ rows { text } }"
        let low = try await harness.run(query, authorization: "Bearer low")
        #expect(low["data"]?["rows"] == [["text": .null], ["text": .null], ["text": .null]])
        let high = try await harness.run(query, authorization: "Bearer high")
        #expect(high["data"]?["rows"] == [["text": "t"], ["text": "t"], ["text": "t"]])
    }
}
