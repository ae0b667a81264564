import Gateway
import GatewayTestSupport
import Synchronization
import Testing

@testable import GatewayServer

/// What a server does at its end does not grow with each reload.
@Suite struct RunningGatewayTests {
    private final class Counter: Sendable {
        private let counts = Mutex<[Int: Int]>([:])

        var all: [Int: Int] { counts.withLock { $0 } }

        func count(_ number: Int) { counts.withLock { $0[number, default: 0] += 1 } }
    }

    @Test func onlyTheServedGenerationsStreamsEndWithTheServer() throws {
        let counter = Counter()
        let upstream = HeldTransport { _ in (404, "{}") }
        let sdl = "schema @upstream { query: Query } type Query { a: Int @rest(get: \"/a\") }"
        let service = try ServiceConfiguration.oneWorkspace(sdl, before: upstream)
        var built = buildGateway(GatewayConfiguration(service: service))
        let running = built.running
        for number in 0..<5 {
            if number > 0 { built = buildGateway(GatewayConfiguration(service: service), replacing: built) }
            let generation = ReplaceableGateway.Generation(
                service: built.service,
                endpoint: built.generation.endpoint,
                messages: built.generation.messages,
                connection: built.generation.connection,
                messageLimits: built.generation.messageLimits,
                load: built.generation.load,
                repeated: nil,
                endNotifications: { counter.count(number) }
            )
            running.serve(
                BuiltGateway(
                    service: built.service,
                    tools: built.tools,
                    running: running,
                    generation: generation,
                    sockets: [],
                    options: built.options
                )
            )
        }
        // Nothing that they depend on has changed.
        #expect(counter.all == [:])
        running.state.endStreams()
        #expect(counter.all == [4: 1])
    }
}
