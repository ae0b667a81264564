import JSON
import Testing

/// HTTP/2 as the Python package `h2` speaks it: a good client, and attacks.
@Suite(.timeLimit(.minutes(15))) struct HTTP2Tests {
    @Test func goodClientsAreServedAndAttacksEndTheirOwnConnections() async throws {
        try await HTTP2Script(name: "python_http2.py").run { results in
            Self.checkGoodRequests(results["good"]?.arrayValue ?? [])
            #expect(results["refusals"] == [413, 431, 200])
            #expect(results["window"] == ["before": 0, "alive": 200, "complete": true])
            for (name, code) in results["attacks"]?.objectValue ?? [:] {
                #expect(code != "open", "\(name)")
            }
            #expect(results["attacks"]?.objectValue?.count == 8)
            #expect(results["attacks"]?["rapid_reset"] == 11)
            #expect(results["after"] == 200)
        }
    }

    private static func checkGoodRequests(_ responses: [JSONValue]) {
        #expect(responses.map { $0["status"] } == [200, 200, 200, 200, 200, 404, 204, 400])
        #expect(responses.allSatisfy { $0["hasID"] == true })
        #expect(responses.first?["body"] == .string(#"{"data":{"__typename":"Query"}}"#))
        #expect(responses.map { $0["body"] != "" } == [true, true, false, true, true, true, false, true])
        #expect(responses.count > 6 && responses[6]["fields"]?["allow"] == "GET, POST, OPTIONS")
        #expect(responses.allSatisfy { $0["fields"]?["connection"] == nil })
    }
}
