import Gateway
import NIOHTTP1
import Testing

@testable import GatewayServer

/// Which requests count as equal: all that a response can depend on must be so.
@Suite struct RepeatableRequestTests {
    private static func request(
        _ fields: [(String, String)] = [("Host", "a"), ("Authorization", "Bearer k")],
        method: HTTPMethod = .POST,
        uri: String = "/rpc",
        body: String = #"{"jsonrpc":"2.0","method":"m","id":1}"#
    ) -> HTTPRequest {
        let head = HTTPRequestHead(version: .http1_1, method: method, uri: uri, headers: HTTPHeaders(fields))
        return HTTPRequest(head: head, body: Array(body.utf8))
    }

    private static let fields = [("Host", "a"), ("Authorization", "Bearer k")]

    /// Requests and whether they are equal to the first one.
    static let requests: [(HTTPRequest, Bool)] = [
        (request(), true),
        (request(fields + [("User-Agent", "u"), ("X-Request-ID", "r"), ("Content-Length", "37")]), true),
        (request(fields + [("traceparent", "t"), ("TraceState", "s"), ("X-Forwarded-For", "192.0.2.1")]), true),
        // Of the same length as a name that does not matter.
        (request(fields + [("user-agenx", "u")]), false),
        (request(fields + [("Accept-Charset", "utf-8")]), false),
        (request([("Host", "a"), ("Authorization", "Bearer K")]), false),
        (request([("Host", "b"), ("Authorization", "Bearer k")]), false),
        (request([("Host", "a")]), false),
        (request(fields + [("Workspace-Key", "w k")]), false),
        // The end of one part must not be taken for the beginning of the next.
        (request([("Host", "aAuthorization"), ("", "Bearer k")]), false),
        (request(method: .GET), false),
        (request(uri: "/rpc?"), false),
        (request(body: #"{"jsonrpc":"2.0","method":"n","id":1}"#), false),
        (request(body: ""), false),
    ]

    @Test(arguments: requests.indices) func keysDifferInAllThatAffectsTheResponse(position: Int) throws {
        let (request, isEqual) = Self.requests[position]
        for isMessage in [false, true] {
            let first = try #require(RepeatableRequest(Self.request(), isMessage: isMessage))
            let other = try #require(RepeatableRequest(request, isMessage: isMessage))
            #expect((first.key == other.key) == isEqual)
        }
    }

    @Test(arguments: [
        (["calls"], true, false), (["plan"], true, true), (["calls, plan"], true, true),
        (["calls", "plan"], true, true),
        ([" calls ,x"], true, false), (["Calls"], false, false), (["x"], false, false), ([], false, false),
    ])
    func reportsAreAskedForByAList(values: [String], wantsReport: Bool, wantsPlan: Bool) {
        let caller = Caller(HTTPHeaders(values.map { ("Gateway-Report", $0) }))
        #expect(caller.wantsReport == wantsReport)
        #expect(caller.wantsPlan == wantsPlan)
    }

    /// Bodies of messages, their ids, and whether they are equal but for these.
    @Test(
        arguments: [
            (#"{"jsonrpc":"2.0","method":"m","id":22}"#, "22", true),
            (#"{"jsonrpc":"2.0","method":"m","id":"x"}"#, #""x""#, true),
            (#"{"jsonrpc":"2.0","method":"m"}"#, nil, false),
            // The place of the id is a part of the message.
            (#"{"id":1,"jsonrpc":"2.0","method":"m"}"#, "1", false),
        ] as [(String, String?, Bool)]
    )
    func theIDOfAMessageMakesNoDifference(body: String, id: String?, isEqual: Bool) throws {
        let message = try #require(RepeatableRequest(Self.request(body: body), isMessage: true))
        #expect(message.messageID.map { String(decoding: $0, as: UTF8.self) } == id)
        let first = try #require(RepeatableRequest(Self.request(), isMessage: true))
        #expect((first.key == message.key) == isEqual)
    }

    @Test func aBodyThatLooksLikeAMessageWithoutItsIDIsAnotherRequest() throws {
        let message = try #require(RepeatableRequest(Self.request(), isMessage: true))
        let text = #"{"jsonrpc":"2.0","method":"m","id":\#u{0}}"#
        for isMessage in [false, true] {
            let other = try #require(RepeatableRequest(Self.request(body: text), isMessage: isMessage))
            #expect(other.key != message.key)
        }
    }

    @Test func longBodiesAreNotCompared() {
        let longest = String(repeating: "x", count: 16 << 10)
        #expect(RepeatableRequest(Self.request(body: longest)) != nil)
        #expect(RepeatableRequest(Self.request(body: longest + "x")) == nil)
    }
}
