import Gateway
import GatewayServer
import GatewayTestSupport
import GraphQL
import Synchronization
import Testing
import Upstream

/// A service that takes the place of another one while connections are open.
@Suite struct ReplacementTests {
    /// A gateway whose services all make their calls through one broker, whose responses can be held.
    private struct Replaceable {
        let upstream = HeldTransport { path in (200, #"{"id":"\#(path.dropFirst(8))","name":"A"}"#) }
        let replacement = GatewayReplacement()
        private let schema: LoadedSchema
        private let broker: CallBroker

        init() throws {
            let sdl = """
                schema @upstream @cacheControl(maxAge: 60) { query: Query }
                type Query { thing(id: ID!): Thing @rest(get: "/things/{id}") }
                type Thing { id: ID! name: String }
                """
            schema = try LoadedSchema(Source(sdl))
            let workspace = Workspace(
                index: 0,
                slug: "main",
                client: UpstreamClient(baseURL: "http://upstream", transport: upstream),
                conventions: schema.bindings.conventions
            )
            let start = ContinuousClock.now
            broker = CallBroker(workspaces: [workspace], now: { start })
        }

        /// A service for these clients; nil: callers are not asked who they are.
        func service(_ directory: ClientDirectory? = nil) -> GatewayService {
            GatewayService(
                schema: schema,
                broker: broker,
                configuredCredentials: [Credential(key: "configured")],
                directory: directory
            )
        }

        func replace(with service: GatewayService) {
            replacement.replace(with: service, options: HTTPServerOptions())
        }

        func run(_ service: GatewayService, _ body: (HTTPServer) async throws -> Void) async throws {
            var options = HTTPServerOptions()
            options.threads = 2
            let server = try await HTTPServer.start(
                service: service,
                listen: ListenAddress(host: "127.0.0.1", port: 0),
                options: options,
                replacement: replacement
            )
            do {
                try await body(server)
                try await server.shutDown()
            } catch {
                upstream.open()
                try await server.shutDown()
                throw error
            }
        }
    }

    /// Accepts one token as long as it is valid.
    private final class TemporaryToken: TokenVerifier {
        let isValid = Atomic(true)
        private let holder = GatewayClient(name: "holder")

        func recognizes(_ token: String) -> Bool { token == "k" }

        func client(of token: String) throws(AuthenticationFailure) -> GatewayClient {
            guard isValid.load(ordering: .relaxed) else { throw .invalid("The token has expired.") }
            return holder
        }
    }

    /// The SHA-256 hash of the token `k`.
    private static let hash: [UInt8] = [
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
        let first = gateway.service()
        try await gateway.run(first) { server in
            let connection = try RawConnection(to: server.address)
            await fill(connection, first)
            gateway.replace(with: gateway.service(Self.nobody))
            connection.send(RepeatedRequestTests.request())
            #expect(status(await connection.read(until: "}]}")) == 401)
            let other = try RawConnection(to: server.address)
            other.send(RepeatedRequestTests.request())
            #expect(status(await other.read(until: "}]}")) == 401)
            let third = gateway.service()
            gateway.replace(with: third)
            await fill(connection, third)
        }
    }

    @Test func theTokenOfAClientThatIsNotListedAnyMoreIsRefusedOnOpenConnections() async throws {
        let gateway = try Replaceable()
        gateway.upstream.open()
        let clients = ClientDirectory([(hash: Self.hash, client: GatewayClient(name: "a"))])
        let first = gateway.service(clients)
        try await gateway.run(first) { server in
            let connection = try RawConnection(to: server.address)
            await fill(connection, first)
            gateway.replace(with: gateway.service(Self.nobody))
            connection.send(RepeatedRequestTests.request())
            #expect(status(await connection.read(until: "}]}")) == 401)
        }
    }

    @Test func requestsInProgressEndWithTheServiceThatTheyCameTo() async throws {
        let gateway = try Replaceable()
        let first = gateway.service()
        try await gateway.run(first) { server in
            let (leader, follower) = (try RawConnection(to: server.address), try RawConnection(to: server.address))
            leader.send(RepeatedRequestTests.request())
            await gateway.upstream.requests(reach: 1)
            follower.send(RepeatedRequestTests.request())
            while first.waitingRequestCount < 1 { await Task.yield() }
            gateway.replace(with: gateway.service(Self.nobody))
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
        let service = gateway.service(ClientDirectory([], issuer: token))
        try await gateway.run(service) { server in
            let connection = try RawConnection(to: server.address)
            await fill(connection, service)
            token.isValid.store(false, ordering: .relaxed)
            connection.send(RepeatedRequestTests.request())
            #expect(status(await connection.read(until: "}]}")) == 401)
        }
    }

    @Test func requestsOfAClientWithLimitsAreCountedEachTime() async throws {
        let gateway = try Replaceable()
        gateway.upstream.open()
        let client = GatewayClient(name: "a", limits: ClientLimits(requestsPerMinute: 8))
        let service = gateway.service(ClientDirectory([(hash: Self.hash, client: client)]))
        try await gateway.run(service) { server in
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
        try await gateway.run(gateway.service()) { server in
            let connection = try RawConnection(to: server.address)
            // The first service belongs to who has started the server.
            gateway.replace(with: gateway.service())
            for _ in 1...200 {
                weak let former = gateway.replacement.service
                connection.send(RepeatedRequestTests.request())
                #expect(await connection.read(until: Self.data).hasPrefix("HTTP/1.1 200 "))
                gateway.replace(with: gateway.service())
                // Whoever has just sent a response may hold the service for a short time.
                while former != nil { await Task.yield() }
            }
        }
    }
}
