import NIOCore
import NIOHTTP1
import Testing

@testable import GatewayServer

/// What an HTTP/1 connection does upon what happens, without a connection.
@Suite struct HTTP1StateMachineTests {
    /// Something that happens.
    enum Event {
        case head(HTTPMethod = .POST, [(String, String)] = [], version: HTTPVersion = .http1_1)
        case body(Int)
        case end
        case wait
        case endWaiting
        case read
        case respond
        case respondAndClose
        case left
        case writable(Bool)
        case malformed
        case inputClosed
        case announceStop
        case drain
        case drainGraceEnds
        case finished(lingers: Bool)
        case closed
    }

    /// What happens, and what is done upon it.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let events: [Event]
        let actions: [String]

        init(_ name: String, _ events: [Event], _ actions: [String]) {
            testDescription = name
            self.events = events
            self.actions = actions
        }
    }

    /// A whole request.
    private static let request: [Event] = [.head(), .end]

    static let requests: [Case] = [
        Case("a connection is read from", [.read], ["read"]),
        Case(
            "requests are served one after another",
            [.read] + request + request + [.read, .respond, .left, .respond, .left],
            ["read", "serve", "write 200 keeps", "serve", "write 200 keeps", "read"]
        ),
        Case(
            "nothing is read while a response is not taken",
            request + [.read, .writable(false), .respond, .left, .writable(true)],
            ["serve", "write 200 keeps", "read"]
        ),
        Case(
            "the next request waits until the response before it has left",
            request + request + [.respond, .left],
            ["serve", "write 200 keeps", "serve"]
        ),
        Case(
            "an endpoint may end the connection",
            request + [.respondAndClose, .left],
            ["serve", "write 200 closes", "finish"]
        ),
        Case(
            "HTTP/1.0 ends after one",
            [.head(.GET, [], version: .http1_0), .end, .respond, .left],
            ["serve", "write 200 closes", "finish"]
        ),
        Case(
            "a client that waits gets 100 (Continue) in its turn",
            [.head(.POST, [("Expect", "100-continue")]), .body(3), .end],
            ["continue", "serve"]
        ),
        Case("no other gets it", request + [.head(.POST, [("Expect", "100-continue")])], ["serve"]),
        Case(
            "a large body is refused, and the client may go on to send for a while",
            [.read, .head(), .body(11), .body(11), .end, .read, .left, .finished(lingers: true), .inputClosed],
            ["read", "refuse 413", "finish lingering", "linger", "read", "close"]
        ),
        Case("a large length is refused at once", [.head(.POST, [("Content-Length", "11")])], ["refuse 413"]),
        Case(
            "the response to what is no HTTP comes after earlier responses",
            request + [.malformed, .malformed, .respond, .left, .left, .read],
            ["serve", "write 200 keeps", "refuse 400", "finish lingering"]
        ),
        Case(
            "an upgrade that is declined needs another decoder",
            [.head(.GET, [("Connection", "upgrade"), ("Upgrade", "h2c")]), .end, .respond, .left],
            ["serve", "write 200 keeps", "restart decoder"]
        ),
        Case(
            "one read goes ahead while the response to an equal request is waited for",
            [.read, .wait, .read, .read, .endWaiting],
            ["read", "read", "sent", "read"]
        ),
        Case(
            "a response that was waited for is not sent as it is while the client does not read",
            [.wait, .writable(false), .endWaiting, .respond, .left, .writable(true), .read],
            ["write 200 keeps", "read"]
        ),
        Case(
            "a response that was waited for may be the last",
            [.wait, .announceStop, .endWaiting, .respond, .left],
            ["write 200 closes", "finish lingering"]
        ),
    ]

    static let ends: [Case] = [
        Case(
            "a client that sends nothing more gets its responses",
            request + request + [.inputClosed, .respond, .left, .respond, .left, .finished(lingers: false)],
            ["serve", "write 200 keeps", "serve", "write 200 closes", "finish"]
        ),
        Case("an idle connection ends with its input", [.read, .inputClosed], ["read", "finish"]),
        Case("half a request ends with its input", [.head(), .body(1), .inputClosed], ["finish"]),
        Case(
            "a server that stops soon ends a connection with its next response",
            [.read, .announceStop] + request + [.read, .respond, .left],
            ["read", "serve", "write 200 closes", "finish lingering"]
        ),
        Case("an idle connection ends with the server", [.read, .drain], ["read", "finish"]),
        Case(
            "a stopping server completes requests in progress",
            [.read] + request + [.read, .drain, .respond, .left],
            ["read", "serve", "write 200 closes", "finish lingering"]
        ),
        Case(
            "a response that is being written is finished though the server stops",
            [.read] + request + [.read, .respond, .drain, .left],
            ["read", "serve", "write 200 keeps", "finish lingering"]
        ),
        Case(
            "a request that is arriving is waited for",
            [.head(), .drain, .body(1), .end, .respond, .left],
            ["serve", "write 200 closes", "finish lingering"]
        ),
        Case(
            "a request that does not arrive is not waited for for ever",
            [.head(), .body(1), .drain, .drainGraceEnds, .body(1)],
            ["finish lingering"]
        ),
        Case(
            "a request that is being served has more time",
            request + [.drain, .drainGraceEnds, .respond, .left],
            ["serve", "write 200 closes", "finish lingering"]
        ),
        Case(
            "nothing is done for a closed connection",
            request + request + [.closed, .respond, .left, .read],
            ["serve", "read"]
        ),
    ]

    @Test(arguments: requests + ends)
    func eventsCauseTheExpectedActions(case given: Case) {
        var limits = ConnectionLimits()
        limits.maximumBodyBytes = 10
        var machine = HTTP1StateMachine(limits: limits)
        var actions: [String] = []
        for event in given.events {
            if let done = Self.apply(event, to: &machine) { actions.append(done) }
            while let action = machine.nextAction() { actions.append(Self.text(of: action)) }
        }
        #expect(actions == given.actions)
    }

    private static func apply(_ event: Event, to machine: inout HTTP1StateMachine) -> String? {
        switch event {
        case .head(let method, let fields, let version):
            let headers = HTTPHeaders([("Host", "a")] + fields)
            let head = HTTPRequestHead(version: version, method: method, uri: "/", headers: headers)
            _ = machine.receive(.head(head))
        case .body(let count): _ = machine.receive(.body(ByteBuffer(repeating: 0, count: count)))
        case .end: _ = machine.receive(.end(nil))
        case .read: machine.requestRead()
        case .wait: machine.wait()
        case .endWaiting: return machine.endWaiting() ? "sent" : nil
        case .respond: machine.respond(with: HTTPResponse(status: .ok))
        case .respondAndClose:
            var response = HTTPResponse(status: .ok)
            response.closesConnection = true
            machine.respond(with: response)
        case .left: machine.responseDidLeave()
        case .writable(let isWritable): machine.isWritable = isWritable
        case .malformed: machine.refuse(.malformedHTTP)
        case .inputClosed: machine.closeInput()
        case .announceStop: machine.announceStop()
        case .drain: machine.drain()
        case .drainGraceEnds: machine.endDrainGrace()
        case .finished(let lingers): return machine.didFinish(lingers: lingers) ? "linger" : nil
        case .closed: _ = machine.didClose()
        }
        return nil
    }

    private static func text(of action: HTTP1StateMachine.Action) -> String {
        switch action {
        case .read: "read"
        case .sendContinue: "continue"
        case .serve: "serve"
        case .write(let response, let framing):
            "write \(response.status.code) \(framing.keepsAlive ? "keeps" : "closes")"
        case .refuse(let response, _): "refuse \(response.status.code)"
        case .restartDecoder: "restart decoder"
        case .finish(let lingers): lingers ? "finish lingering" : "finish"
        case .close: "close"
        }
    }
}
