import Gateway
import GatewayServer
import GatewayTestSupport
import GraphQL
import Synchronization
import Testing
import Upstream

/// A service that takes the place of another one while connections are open.
@Suite struct ReplacementTests {
    /// Gateways that all make their calls through one broker, whose responses can be held.
    private struct Replaceable {
        let upstream = HeldTransport { path in (200, #"{"id":"\#(path.dropFirst(8))","name":"A"}"#) }
        private let schema: LoadedSchema
        private let start = ContinuousClock.now

        init() throws {
            let sdl = """
                schema @upstream @cacheControl(maxAge: 60) { query: Query }
                type Query { thing(id: ID!): Thing @rest(get: "/things/{id}") }
                type Thing { id: ID! name: String }
                """
            schema = try LoadedSchema(Source(sdl))
        }

        /// Builds a gateway for these clients; nil: callers are not asked who they are.
        func build(_ directory: ClientDirectory? = nil, replacing previous: BuiltGateway? = nil) -> BuiltGateway {
            let workspace = WorkspaceConfiguration(
                slug: "main",
                baseURL: "http://upstream",
                credential: Credential(key: "configured")
            )
            var service = ServiceConfiguration(schema: schema, workspaces: [workspace], transport: upstream)
            service.now = { [start] in start }
            service.directory = directory
            var configuration = GatewayConfiguration(service: service)
            configuration.server.listeners = [.onFreePort]
            configuration.server.threads = 2
            return buildGateway(configuration, replacing: previous)
        }

        /// Serves with another gateway in place of one; returns what serves now.
        @discardableResult
        func replace(_ first: BuiltGateway, for directory: ClientDirectory? = nil) -> GatewayService {
            let next = build(directory, replacing: first)
            first.running.serve(next)
            return next.service
        }

        func run(_ first: BuiltGateway, _ body: (HTTPServer) async throws -> Void) async throws {
            try await first.serve(releasing: { upstream.open() }, body)
        }
    }

    /// Accepts one token as long as it is valid.
    final class TemporaryToken: TokenVerifier {
        let isValid = Atomic(true)
        private let holder = GatewayClient(name: "holder")

        func settle() async {}

        func recognizes(_ token: String) -> Bool { token == "k" }

        func client(of token: String) throws(AuthenticationFailure) -> GatewayClient {
            guard isValid.load(ordering: .relaxed) else { throw .invalid("The token has expired.") }
            return holder
        }
    }

    /// The SHA-256 hash of the token `k`.
    static let hash: [UInt8] = [
        0x82, 0x54, 0xC3, 0x29, 0xA9, 0x28, 0x50, 0xF6, 0xD5, 0x39, 0xDD, 0x37, 0x6F, 0x48, 0x16, 0xEE,
        0x27, 0x64, 0x51, 0x7D, 0xA5, 0xE0, 0x23, 0x55, 0x14, 0xAF, 0x43, 0x31, 0x64, 0x48, 0x0D, 0x7A,
    ]

    private static let nobody = ClientDirectory([])

    private static let data = #"{"data":{"thing":{"id":"a","name":"A"}}}"#

    private func status(_ response: String) -> Int? {
        Int(response.dropFirst("HTTP/1.1 ".count).prefix(3))
    }

    /// Sends a request until its response is sent again without it being read as HTTP.
    private func fill(_ connection: RawConnection, _ service: GatewayService) async {
        for _ in 1...6 {
            connection.send(RepeatedRequestTests.request())
            #expect(await connection.read(until: Self.data).hasPrefix("HTTP/1.1 200 "))
        }
        #expect(service.repeatedResponseCount > 0)
    }

    @Test func aResponseOfTheFormerServiceIsNotSentAgain() async throws {
        let gateway = try Replaceable()
        gateway.upstream.open()
        let first = gateway.build()
        try await gateway.run(first) { server in
            let connection = try RawConnection(to: server.address)
            await fill(connection, first.service)
            gateway.replace(first, for: Self.nobody)
            connection.send(RepeatedRequestTests.request())
            #expect(status(await connection.read(until: "}]}")) == 401)
            let other = try RawConnection(to: server.address)
            other.send(RepeatedRequestTests.request())
            #expect(status(await other.read(until: "}]}")) == 401)
            await fill(connection, gateway.replace(first))
        }
    }

    @Test func theTokenOfAClientThatIsNotListedAnyMoreIsRefusedOnOpenConnections() async throws {
        let gateway = try Replaceable()
        gateway.upstream.open()
        let clients = ClientDirectory([(hash: Self.hash, client: GatewayClient(name: "a"))])
        let first = gateway.build(clients)
        try await gateway.run(first) { server in
            let connection = try RawConnection(to: server.address)
            await fill(connection, first.service)
            gateway.replace(first, for: Self.nobody)
            connection.send(RepeatedRequestTests.request())
            #expect(status(await connection.read(until: "}]}")) == 401)
        }
    }

    @Test func requestsInProgressEndWithTheServiceThatTheyCameTo() async throws {
        let gateway = try Replaceable()
        let first = gateway.build()
        try await gateway.run(first) { server in
            let (leader, follower) = (try RawConnection(to: server.address), try RawConnection(to: server.address))
            leader.send(RepeatedRequestTests.request())
            await gateway.upstream.requests(reach: 1)
            follower.send(RepeatedRequestTests.request())
            while first.service.waitingRequestCount < 1, !Task.isCancelled { await Task.yield() }
            gateway.replace(first, for: Self.nobody)
            let late = try RawConnection(to: server.address)
            late.send(RepeatedRequestTests.request())
            #expect(status(await late.read(until: "}]}")) == 401)
            gateway.upstream.open()
            for connection in [leader, follower] {
                #expect(await connection.read(until: Self.data).hasPrefix("HTTP/1.1 200 "))
                connection.send(RepeatedRequestTests.request())
                #expect(status(await connection.read(until: "}]}")) == 401)
            }
        }
    }

    @Test func aTokenThatExpiresIsCheckedAtEachRequest() async throws {
        let gateway = try Replaceable()
        gateway.upstream.open()
        let token = TemporaryToken()
        let first = gateway.build(ClientDirectory([], issuer: token))
        try await gateway.run(first) { server in
            let connection = try RawConnection(to: server.address)
            await fill(connection, first.service)
            token.isValid.store(false, ordering: .relaxed)
            connection.send(RepeatedRequestTests.request())
            #expect(status(await connection.read(until: "}]}")) == 401)
        }
    }

    @Test func requestsOfAClientWithLimitsAreCountedEachTime() async throws {
        let gateway = try Replaceable()
        gateway.upstream.open()
        let client = GatewayClient(name: "a", limits: ClientLimits(requestsPerMinute: 8))
        try await gateway.run(gateway.build(ClientDirectory([(hash: Self.hash, client: client)]))) { server in
            let connection = try RawConnection(to: server.address)
            for _ in 1...8 {
                connection.send(RepeatedRequestTests.request())
                #expect(await connection.read(until: Self.data).hasPrefix("HTTP/1.1 200 "))
            }
            connection.send(RepeatedRequestTests.request())
            #expect(status(await connection.read(until: "}]}")) == 429)
        }
    }

    @Test(.timeLimit(.minutes(10))) func servicesThatWereReplacedAreFreed() async throws {
        let gateway = try Replaceable()
        gateway.upstream.open()
        let first = gateway.build()
        try await gateway.run(first) { server in
            let connection = try RawConnection(to: server.address)
            // The first service belongs to who has started the server.
            gateway.replace(first)
            for _ in 1...200 {
                weak let former = first.running.service
                connection.send(RepeatedRequestTests.request())
                #expect(await connection.read(until: Self.data).hasPrefix("HTTP/1.1 200 "))
                gateway.replace(first)
                // Whoever has just sent a response may hold the service for a short time.
                while former != nil, !Task.isCancelled { await Task.yield() }
            }
        }
    }
}
