import NIOCore
import Sandbox
import Testing

@Suite struct ScriptedServerTests {
    private static let get = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test func requestsAreRecordedAndServedOneAfterTheOther() async throws {
        let server = try await ScriptedServer.start(responses: [
            "/a": .http(body: "{}"), "/b": ScriptedResponse.http(500, headers: [], body: "no").thenClose(),
        ])
        let text = Self.get + "POST /b HTTP/1.1\r\nContent-Length: 2\r\nX-A:  1\r\n\r\nhi"
        let replies = HTTPReply.parse(try await HTTPExchange.bytes(text, port: server.port))
        #expect(
            replies == [
                HTTPReply(
                    status: 200,
                    headers: ["content-type": "application/json", "content-length": "2"],
                    body: Array("{}".utf8)
                ),
                HTTPReply(status: 500, headers: ["content-length": "2"], body: Array("no".utf8)),
            ]
        )
        let requests = server.requests()
        #expect(requests.map(\.method) == ["GET", "POST"])
        #expect(requests.map(\.target) == ["/a", "/b"])
        #expect(requests.map { $0.header("x-a") } == [nil, "1"])
        #expect(requests.map(\.body) == [[], Array("hi".utf8)])
        try await server.shutdown()
    }

    @Test(arguments: [
        (ScriptedResponse.closed, ""),
        (ScriptedResponse.text("HTTP/1.1 200 OK\r\nContent-Le").thenClose(), "HTTP/1.1 200 OK\r\nContent-Le"),
        (
            ScriptedResponse.http(claimingLength: 99, body: "{}"),
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{}"
        ),
        (ScriptedResponse.http(body: "{}").cut(after: 12), "HTTP/1.1 200"),
        (ScriptedResponse.text("slow").trickling(1, every: .milliseconds(1)).thenClose(), "slow"),
        (ScriptedResponse.text("late").after(.milliseconds(1)).thenClose(), "late"),
    ])
    func bytesComeExactlyAsScripted(response: ScriptedResponse, expected: String) async throws {
        let server = try await ScriptedServer.start { _ in response }
        let bytes = try await HTTPExchange.bytes(Self.get, port: server.port)
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
        try await server.shutdown()
    }

    @Test func aHangingConnectionStaysSilentUntilTheClientEndsIt() async throws {
        let server = try await ScriptedServer.start { _ in .never }
        #expect(try await HTTPExchange.bytes(Self.get, port: server.port, thenEnds: true) == [])
        #expect(server.requests().count == 1)
        try await server.shutdown()
    }

    @Test func aConnectionCanBeReset() async throws {
        let server = try await ScriptedServer.start { _ in .reset }
        await #expect(throws: IOError.self) {
            try await HTTPExchange.bytes(Self.get, port: server.port)
        }
        try await server.shutdown()
    }
}
