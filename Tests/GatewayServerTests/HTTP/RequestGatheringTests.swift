import NIOCore
import NIOHTTP1
import Testing

@testable import GatewayServer

/// How a request is put together from its parts.
@Suite struct RequestGatheringTests {
    /// A part of a request.
    enum Part: Sendable {
        case head([(String, String)], version: HTTPVersion = .http1_1)
        case body(String)
        case end
    }

    /// Parts, and what is done after each of them.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let parts: [Part]
        let actions: [String]

        init(_ name: String, _ parts: [Part], _ actions: [String]) {
            testDescription = name
            self.parts = parts
            self.actions = actions
        }
    }

    private static let host = ("Host", "a")

    static let complete = [
        Case("no body", [.head([host]), .end], ["more", "complete \"\""]),
        Case(
            "a body in pieces",
            [.head([host]), .body("ab"), .body(""), .body("cd"), .end],
            ["more", "more", "more", "more", "complete \"abcd\""]
        ),
        Case(
            "a body as long as bodies may be",
            [.head([host, ("Content-Length", "10")]), .body("0123456789"), .end],
            ["more", "more", "complete \"0123456789\""]
        ),
        Case(
            "two requests",
            [.head([host]), .body("a"), .end, .head([host]), .body("b"), .end],
            ["more", "more", "complete \"a\"", "more", "more", "complete \"b\""]
        ),
        Case("HTTP/1.0 without a host", [.head([], version: .http1_0), .end], ["more", "complete \"\""]),
        Case("chunks", [.head([host, ("Transfer-Encoding", "Chunked")]), .end], ["more", "complete \"\""]),
        Case(
            "a client that waits for 100 (Continue)",
            [.head([host, ("Expect", "100-Continue")]), .body("a"), .end],
            ["continue", "more", "complete \"a\""]
        ),
        Case(
            "HTTP/1.0 has no 100 (Continue)",
            [.head([host, ("Expect", "100-continue")], version: .http1_0), .end],
            ["more", "complete \"\""]
        ),
        Case("another expectation", [.head([host, ("Expect", "x")]), .end], ["more", "complete \"\""]),
    ]

    static let refused = [
        Case(
            "a body that becomes too long",
            [.head([host]), .body("012345678"), .body("90"), .body("x"), .end],
            ["more", "more", "refuse tooLarge", "more", "more"]
        ),
        Case(
            "a length that is too long",
            [.head([host, ("Content-Length", "11")]), .end],
            ["refuse tooLarge", "more"]
        ),
        Case(
            "a length that no integer holds",
            [.head([host, ("Content-Length", "18446744073709551615")]), .end],
            ["refuse tooLarge", "more"]
        ),
        Case("no host", [.head([]), .end], ["refuse missingHost", "more"]),
        Case("two hosts", [.head([host, host])], ["refuse missingHost"]),
        Case("two hosts of HTTP/1.0", [.head([host, host], version: .http1_0)], ["refuse missingHost"]),
        Case("a host that is none", [.head([("Host", "a b")])], ["refuse invalidHost"]),
        Case(
            "a coding that is not known",
            [.head([host, ("Transfer-Encoding", "gzip, chunked")])],
            ["refuse transferCoding"]
        ),
        Case(
            "chunks of HTTP/1.0",
            [.head([host, ("Transfer-Encoding", "chunked")], version: .http1_0)],
            ["refuse transferCodingOfOldVersion"]
        ),
        Case("what belongs to no request", [.body("a"), .end], ["more", "more"]),
    ]

    @Test(arguments: complete + refused)
    func partsCauseTheExpectedActions(case given: Case) {
        var gathering = RequestGathering()
        let actions = given.parts.map { part in
            Self.text(of: gathering.add(Self.part(part), maximumBodyBytes: 10))
        }
        #expect(actions == given.actions)
        #expect(gathering.isEmpty)
    }

    @Test func aRequestThatHasBegunIsKnownUntilItIsDiscarded() {
        var gathering = RequestGathering()
        gathering.peerAddress = "192.0.2.1"
        #expect(gathering.isEmpty && gathering.currentHead == nil)
        _ = gathering.add(Self.part(.head([Self.host])), maximumBodyBytes: 10)
        #expect(!gathering.isEmpty)
        #expect(gathering.currentHead?.uri == "/path")
        gathering.discard()
        #expect(gathering.isEmpty && gathering.currentHead == nil)
        #expect(Self.text(of: gathering.add(Self.part(.head([])), maximumBodyBytes: 10)) == "more")
    }

    @Test func valuesHaveNoSpacesAndTabsAroundThem() {
        var gathering = RequestGathering()
        let fields = [
            ("Host", "a\t"), ("X", " \t"), ("B", "b"), ("Accept", "\tb, \tc \t "), ("accept", "d"),
            ("Connection", "x\t"),
        ]
        _ = gathering.add(Self.part(.head(fields)), maximumBodyBytes: 10)
        let head = gathering.currentHead
        let values = ["Host", "X", "B", "Accept", "Connection"].map { head?.headers[$0] }
        #expect(values == [["a"], [""], ["b"], ["b, \tc", "d"], ["x\t"]])
    }

    @Test func aRequestHasTheAddressThatItComesFrom() {
        var gathering = RequestGathering()
        gathering.peerAddress = "192.0.2.1"
        _ = gathering.add(Self.part(.head([Self.host])), maximumBodyBytes: 10)
        guard case .complete(let request) = gathering.add(Self.part(.end), maximumBodyBytes: 10) else {
            Issue.record("The request is not complete.")
            return
        }
        #expect(request.peerAddress == "192.0.2.1")
    }

    private static func part(_ part: Part) -> HTTPServerRequestPart {
        switch part {
        case .head(let fields, let version):
            .head(HTTPRequestHead(version: version, method: .POST, uri: "/path", headers: HTTPHeaders(fields)))
        case .body(let text): .body(ByteBuffer(string: text))
        case .end: .end(nil)
        }
    }

    private static func text(of action: RequestGathering.Action) -> String {
        switch action {
        case .more: "more"
        case .sendContinue: "continue"
        case .complete(let request): "complete \"\(String(decoding: request.body, as: UTF8.self))\""
        case .refuse(let fault, _): "refuse \(fault)"
        }
    }
}
