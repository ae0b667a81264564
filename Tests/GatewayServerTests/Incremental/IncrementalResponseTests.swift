import Gateway
import GatewayServer
import GatewayTestSupport
import JSON
import NIOCore
import Synchronization
import Testing

/// Responses in parts over sockets: how clients ask for them, and how they end.
@Suite(.timeLimit(.minutes(15))) struct IncrementalResponseTests {
    private static let first = #"{"data":{"thing":{"id":"a"}},"pending":[{"id":"0","path":["thing"]}],"hasNext":true}"#
    private static let second =
        #"{"incremental":[{"id":"0","data":{"owner":{"name":"O"}}}],"completed":[{"id":"0"}],"hasNext":false}"#
    private static let former = [
        #"{"data":{"thing":{"id":"a"}},"hasNext":true}"#,
        #"{"incremental":[{"data":{"owner":{"name":"O"}},"path":["thing"]}],"hasNext":false}"#,
    ]
    private static let whole = #"{"data":{"thing":{"id":"a","owner":{"name":"O"}}}}"#

    struct Form {
        let accept: String
        let contentType: String
        let messages: [String]
    }

    private static let multipart = "multipart/mixed; boundary=graphql; "
    private static let json = "application/json; charset=utf-8"
    private static let events = "text/event-stream; charset=utf-8"
    private static let forms = [
        Form(
            accept: "multipart/mixed;incrementalSpec=v0.2,application/graphql-response+json,application/json;q=0.9",
            contentType: multipart + "incrementalSpec=v0.2",
            messages: [first, second]
        ),
        Form(
            accept: "multipart/mixed",
            contentType: multipart + "incrementalSpec=v0.2",
            messages: [first, second]
        ),
        Form(
            accept: "multipart/mixed;deferSpec=20220824, application/graphql-response+json, application/json",
            contentType: multipart + "deferSpec=20220824",
            messages: former
        ),
        Form(
            accept: #"multipart/mixed;deferSpec="20220824";q=0.5, multipart/mixed;incrementalSpec="v0.2""#,
            contentType: multipart + "incrementalSpec=v0.2",
            messages: [first, second]
        ),
        Form(accept: "text/event-stream", contentType: events, messages: [first, second]),
        Form(
            accept: "application/json, text/event-stream, multipart/mixed",
            contentType: events,
            messages: [first, second]
        ),
        Form(accept: "application/json", contentType: json, messages: [whole]),
        Form(
            accept: "application/graphql-response+json",
            contentType: "application/graphql-response+json; charset=utf-8",
            messages: [whole]
        ),
        Form(accept: "*/*", contentType: json, messages: [whole]),
        Form(
            accept: "multipart/mixed;subscriptionSpec=1.0, application/json",
            contentType: json,
            messages: [whole]
        ),
        Form(
            accept: "multipart/mixed;deferSpec=20990101, multipart/mixed;q=0, application/json",
            contentType: json,
            messages: [whole]
        ),
    ]

    @Test(arguments: forms.indices) func acceptChoosesTheFormat(position: Int) async throws {
        let form = Self.forms[position]
        try await HeldGateway.run { gateway in
            gateway.upstream.open()
            let text = try await gateway.post(HeldGateway.query, accept: form.accept).readToEnd()
            #expect(text.hasPrefix("HTTP/1.1 200 "))
            #expect(text.contains("\r\ncontent-type: \(form.contentType)\r\n"), "\(text)")
            #expect(HeldGateway.messages(text) == form.messages, "\(text)")
        }
    }

    /// A query that defers nothing is one response, in the form that suits the client.
    @Test(arguments: [
        ("multipart/mixed;incrementalSpec=v0.2, application/json", json, #"{"data":{"thing":{"id":"a"}}}"#),
        ("application/json, text/event-stream, multipart/mixed", json, #"{"data":{"thing":{"id":"a"}}}"#),
        ("text/event-stream", events, #"{"data":{"thing":{"id":"a"}}}"#),
        (
            "multipart/mixed", multipart + "incrementalSpec=v0.2",
            #"{"data":{"thing":{"id":"a"}},"hasNext":false}"#
        ),
    ])
    func queryThatDefersNothingIsOneResponse(accept: String, contentType: String, body: String) async throws {
        try await HeldGateway.run { gateway in
            gateway.upstream.open()
            let text = try await gateway.post("{ thing { id } }", accept: accept).readToEnd()
            #expect(text.contains("\r\ncontent-type: \(contentType)\r\n"), "\(text)")
            #expect(HeldGateway.messages(text) == [body])
        }
    }

    @Test func refusalIsOneJSONResponse() async throws {
        try await HeldGateway.run { gateway in
            let query = #"query($l: String) { thing { ... @defer(label: $l) { id } } }"#
            let text = try await gateway.post(query, accept: "multipart/mixed").readToEnd()
            #expect(text.hasPrefix("HTTP/1.1 400 "))
            #expect(text.contains("\r\ncontent-type: application/graphql-response+json; charset=utf-8\r\n"))
            #expect(text.contains("GRAPHQL_VALIDATION_FAILED"))
        }
    }

    /// The first part is with the client while the upstream still holds the call of the second one back.
    @Test(arguments: [
        ("multipart/mixed", "hasNext\":true}\r\n--graphql"), ("text/event-stream", "hasNext\":true}\n\n"),
    ])
    func theFirstPartLeavesBeforeTheSlowCallReturns(accept: String, end: String) async throws {
        try await HeldGateway.run { gateway in
            let connection = try gateway.post(HeldGateway.query, accept: accept)
            await gateway.upstream.requests(reach: 1)
            gateway.upstream.releaseHeld()
            #expect(await HeldGateway.messages(connection.read(until: end)) == [Self.first])
            await gateway.upstream.requests(reach: 2)
            gateway.upstream.releaseHeld()
            #expect(await HeldGateway.messages(connection.readToEnd()) == [Self.second])
            #expect(gateway.upstream.paths == ["/thing", "/owners/o"])
        }
    }

    @Test func partsEndWithTheClosingDelimiter() async throws {
        try await HeldGateway.run { gateway in
            gateway.upstream.open()
            let text = try await gateway.post(HeldGateway.query, accept: "multipart/mixed", isLast: false)
                .read(until: "\r\n0\r\n\r\n")
            #expect(text.contains("hasNext\":false}\r\n--graphql"))
            #expect(text.hasSuffix("--\r\n\r\n0\r\n\r\n"))
            let events = try await gateway.post(HeldGateway.query, accept: "text/event-stream").readToEnd()
            #expect(events.contains("event: complete\ndata: \n\n"))
        }
    }

    @Test func socketsGetTheMessages() async throws {
        try await HeldGateway.run { gateway in
            let client = try await WebSocketClient.graphQL(
                to: gateway.server.address,
                payload: ["Authorization": "Bearer k"]
            )
            client.send(#"{"id":"d","type":"subscribe","payload":{"query":"\#(HeldGateway.query)"}}"#)
            await gateway.upstream.requests(reach: 1)
            gateway.upstream.releaseHeld()
            #expect(await client.next() == .text(#"{"id":"d","type":"next","payload":\#(Self.first)}"#))
            gateway.upstream.open()
            #expect(await client.next() == .text(#"{"id":"d","type":"next","payload":\#(Self.second)}"#))
            #expect(await client.next() == .text(#"{"id":"d","type":"complete"}"#))
        }
    }

    /// The same bytes again are a request of their own, and JSON for others is JSON.
    @Test func partsAreNeverSentAgain() async throws {
        try await HeldGateway.run { gateway in
            gateway.upstream.open()
            let connection = try RawConnection(to: gateway.server.address)
            for _ in 1...6 {
                let accept = "multipart/mixed;incrementalSpec=v0.2"
                connection.send(HeldGateway.request(HeldGateway.query, accept: accept, isLast: false))
                let text = await connection.read(until: "\r\n0\r\n\r\n")
                #expect(HeldGateway.messages(text) == [Self.first, Self.second], "\(text)")
            }
            #expect(gateway.service.repeatedResponseCount == 0)
            connection.send(HeldGateway.request(HeldGateway.query, accept: "application/json", isLast: true))
            #expect(await HeldGateway.messages(connection.readToEnd()) == [Self.whole])
        }
    }

    /// While JSON is on its way for one client, another one that takes parts does not wait for it.
    @Test func partsDoNotWaitForAnEqualRequest() async throws {
        try await HeldGateway.run { gateway in
            let json = try gateway.post(HeldGateway.query, accept: "application/json")
            await gateway.upstream.requests(reach: 1)
            let parts = try gateway.post(HeldGateway.query, accept: "multipart/mixed")
            gateway.upstream.open()
            #expect(await HeldGateway.messages(json.readToEnd()) == [Self.whole])
            #expect(await HeldGateway.messages(parts.readToEnd()).first?.contains("hasNext") == true)
        }
    }

    /// A cached result is sent as a whole, as JSON to a client that names it, else as the only part.
    @Test(arguments: [
        ("multipart/mixed, application/json", json, whole),
        ("multipart/mixed", multipart + "incrementalSpec=v0.2", whole.dropLast() + #","hasNext":false}"#),
    ])
    func cachedResultIsSentAsJSONOrAsTheOnlyPart(accept: String, contentType: String, body: String) async throws {
        try await HeldGateway.run { gateway in
            gateway.upstream.open()
            for name in ["a", "b", "c", "d"] {
                let query = "query \(name) \(HeldGateway.query)"
                _ = try await gateway.post(query, accept: "application/json").readToEnd()
            }
            try #require(gateway.service.resultUse.cached > 0)
            let text = try await gateway.post(HeldGateway.query, accept: accept).readToEnd()
            #expect(text.contains("\r\ncontent-type: \(contentType)\r\n"), "\(text)")
            #expect(HeldGateway.messages(text) == [body])
        }
    }

    /// Notes that a request has ended.
    private final class EndObserver: GatewayObserver {
        private let ended = Atomic(false)

        func requestCompleted(_ record: RequestRecord) { ended.store(true, ordering: .releasing) }

        func requestHasEnded() async {
            while !ended.load(ordering: .acquiring), !Task.isCancelled { await Task.yield() }
        }
    }

    /// A client that has left is noticed with the next message, which ends the request.
    @Test func aClientThatLeavesEndsTheRequest() async throws {
        let observer = EndObserver()
        try await HeldGateway.run(observer: observer) { gateway in
            let query = """
                { thing { id ... @defer { owner { id ... @defer { boss { id ... @defer { boss { id ... @defer { boss { \
                id } } } } } } } } } }
                """
            var connection: RawConnection? = try gateway.post(query, accept: "text/event-stream")
            await gateway.upstream.requests(reach: 1)
            gateway.upstream.releaseHeld()
            _ = await connection?.read(until: "hasNext\":true}\n\n")
            await gateway.upstream.requests(reach: 2)
            connection = nil
            gateway.upstream.releaseHeld()
            while gateway.server.connectionCount > 0, !Task.isCancelled { await Task.yield() }
            gateway.upstream.open()
            await observer.requestHasEnded()
            // The call for the message after the one that nobody took may have begun before; none begins later.
            let paths = ["/thing", "/owners/o", "/owners/ox"]
            #expect(gateway.upstream.paths == paths || gateway.upstream.paths == paths.dropLast())
        }
    }

    /// Lets more time pass than a connection may be idle: two are closed for that, one after the other.
    private func beIdle(_ gateway: HeldGateway) async throws {
        for _ in 1...2 { _ = try await RawConnection(to: gateway.server.address).readToEnd() }
    }

    private static var impatient: HTTPServerOptions {
        var options = HTTPServerOptions()
        options.connection.idleTimeout = .milliseconds(200)
        return options
    }

    /// A client that waits for the next message is not idle, however long it takes.
    @Test func streamThatWaitsForItsNextPartIsNotIdle() async throws {
        try await HeldGateway.run(options: Self.impatient) { gateway in
            let connection = try gateway.post(HeldGateway.query, accept: "text/event-stream")
            await gateway.upstream.requests(reach: 1)
            try await beIdle(gateway)
            gateway.upstream.releaseHeld()
            _ = await connection.read(until: "hasNext\":true}\n\n")
            try await beIdle(gateway)
            gateway.upstream.open()
            #expect(await HeldGateway.messages(connection.readToEnd()) == [Self.second])
        }
    }

    @Test func http2StreamThatWaitsForItsNextPartIsNotIdle() async throws {
        let certificates = try TestCertificates()
        defer { withExtendedLifetime(certificates) {} }
        let files = try await certificates.make("server")
        try await HeldGateway.run(options: Self.impatient, tls: try TLSCredentials(files)) { gateway in
            guard case .address(let address) = gateway.server.addresses[1] else { return }
            let body = String(
                decoding: JSONValue.object(["query": .string(HeldGateway.query)]).serialized(),
                as: UTF8.self
            )
            let arguments = [
                "--silent", "--http2", "--no-buffer", "--cacert", files.certificate, "--header",
                "Authorization: Bearer k",
                "--header", "Content-Type: application/json", "--header", "Accept: text/event-stream", "--data", body,
                "https://localhost:\(address.port)/graphql",
            ]
            async let read = BuiltProgram.finish("/usr/bin/curl", arguments, in: "/")
            await gateway.upstream.requests(reach: 1)
            try await beIdle(gateway)
            gateway.upstream.releaseHeld()
            // The first message has been taken when the call for the second one begins.
            await gateway.upstream.requests(reach: 2)
            try await beIdle(gateway)
            gateway.upstream.open()
            let output = try await read.output
            #expect(HeldGateway.messages(output) == [Self.first, Self.second])
        }
    }

    /// What is on its way when the gateway stops is sent to its end.
    @Test func stoppingGatewaySendsTheRemainingParts() async throws {
        try await HeldGateway.run { gateway in
            let connection = try gateway.post(HeldGateway.query, accept: "text/event-stream", isLast: false)
            await gateway.upstream.requests(reach: 1)
            gateway.upstream.releaseHeld()
            _ = await connection.read(until: "hasNext\":true}\n\n")
            async let stopped: Void = gateway.server.shutDown(delays: false)
            gateway.upstream.open()
            #expect(await HeldGateway.messages(connection.readToEnd()) == [Self.second])
            try await stopped
        }
    }
}
