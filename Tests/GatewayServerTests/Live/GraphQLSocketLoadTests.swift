import Gateway
import GatewayServer
import GatewayTestSupport
import JSON
import NIOCore
import Synchronization
import Testing
import Upstream

/// What operations of WebSockets have in common with requests of HTTP: how many may wait, and how their end is counted.
@Suite struct GraphQLSocketLoadTests {
    @Test func operationsCountAmongTheRequestsInFlight() async throws {
        var options = HTTPServerOptions()
        options.limits.maximumRequestsInFlight = 1
        try await HeldGateway.run(options: options) { gateway in
            let address = gateway.server.address
            let client = try await WebSocketClient.graphQL(to: address, "Authorization: Bearer k\r\n")
            client.subscribe("a", "{ thing { id } }")
            await gateway.upstream.requests(reach: 1)
            // Another one of the same connection, one of another protocol, and one of HTTP.
            client.subscribe("b", "{ things { id } }")
            let refused = try await client.nextJSON()
            #expect(refused["id"] == "b" && refused["type"] == "error")
            #expect(refused["payload"]?[0]?["extensions"] == ["code": "OVERLOADED", "retryAfter": 1])
            let calls = try await WebSocketClient(to: address, "Authorization: Bearer k\r\n")
            calls.send(call("graphql.execute", #"{"query":"{ things { id } }"}"#))
            let error = try await calls.nextJSON()["error"]
            #expect(error?["code"] == -32000)
            #expect(error?["data"] == ["code": "OVERLOADED", "retryAfter": 1])
            let http = try gateway.post("{ things { id } }", accept: "application/json")
            #expect(await http.readToEnd().hasPrefix("HTTP/1.1 503 "))
            // What needs nobody else is served, and so is everything once the first has its response.
            client.subscribe("c", "{ __typename }")
            #expect(
                await client.next() == .text(#"{"id":"c","type":"next","payload":{"data":{"__typename":"Query"}}}"#)
            )
            #expect(await client.next() == .text(#"{"id":"c","type":"complete"}"#))
            gateway.upstream.open()
            #expect(await client.next() == .text(#"{"id":"a","type":"next","payload":{"data":{"thing":{"id":"a"}}}}"#))
            #expect(await client.next() == .text(#"{"id":"a","type":"complete"}"#))
            await client.ping()
            client.subscribe("d", HeldGateway.query)
            #expect(try await client.nextJSON()["payload"]?["hasNext"] == true)
        }
    }

    /// An upstream that responds to nothing, until its caller wants no response any more.
    private final class SilentTransport: Transport {
        private let count = Atomic(0)

        func requests(reach count: Int) async {
            while self.count.load(ordering: .acquiring) < count { await Task.yield() }
        }

        func send(
            _ requests: [TransportRequest],
            receive: (Int, Result<TransportResponse, TransportError>) -> Void
        ) async {
            count.add(requests.count, ordering: .acquiringAndReleasing)
            let (never, continuation) = AsyncStream<Void>.makeStream()
            await withTaskCancellationHandler {
                for await _ in never {}
            } onCancel: {
                continuation.finish()
            }
            for position in requests.indices {
                let error = TransportError(.cancelled, "The request was cancelled.", requestMayHaveBeenSent: true)
                receive(position, .failure(error))
            }
        }
    }

    private final class Recorder: GatewayObserver {
        private let codes = Mutex<[[String]]>([])

        func requestCompleted(_ record: RequestRecord) { codes.withLock { $0.append(record.outcome.errorCodes) } }

        func first() async -> [String] {
            while true {
                if let first = codes.withLock(\.first) { return first }
                await Task.yield()
            }
        }
    }

    @Test func cancelledOperationIsRecordedAsCancelledNotTimedOut() async throws {
        let (upstream, recorder) = (SilentTransport(), Recorder())
        var service = try ServiceConfiguration.oneWorkspace(HeldGateway.sdl, before: upstream)
        service.observer = recorder
        var configuration = GatewayConfiguration(service: service)
        configuration.server.listeners = [.onFreePort]
        configuration.server.threads = 1
        configuration.server.messages.initializationTimeout = .seconds(120)
        let server = try await buildGateway(configuration).start()
        let client = try await WebSocketClient.graphQL(to: server.address, "Authorization: Bearer k\r\n")
        client.subscribe("a", "{ thing { id } }")
        await upstream.requests(reach: 1)
        client.send(#"{"id":"a","type":"complete"}"#)
        let codes = await recorder.first()
        #expect(codes == ["REQUEST_CANCELLED"])
        client.raw.send(WebSocketClient.close(1000))
        try await server.shutDown(delays: false)
    }
}
