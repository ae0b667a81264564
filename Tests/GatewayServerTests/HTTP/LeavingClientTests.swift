import Gateway
import GatewayServer
import GatewayTestSupport
import NIOCore
import Synchronization
import Testing
import Upstream

/// The outcome of a request whose client leaves before its response: a query makes no more calls, a write is carried out.
@Suite(.timeLimit(.minutes(15))) struct LeavingClientTests {
    private static let sdl = """
        schema @upstream { query: Query mutation: Mutation }
        type Query { thing(id: ID!): Thing @rest(get: "/things/{id}") }
        type Mutation { create(name: String): Thing @rest(post: "/create/{name}") }
        type Thing { id: ID! owner: Owner @reference(key: "owner_id") }
        type Owner @entity(get: "/owners/{id}") { id: ID! }
        """

    /// Writes down the codes of the requests that have ended.
    private final class Observer: GatewayObserver {
        private let state = Mutex<[[String]]>([])

        func requestCompleted(_ record: RequestRecord) { state.withLock { $0.append(record.outcome.errorCodes) } }

        func codes(of count: Int) async -> [[String]] {
            while state.withLock({ $0.count }) < count, !Task.isCancelled { await Task.yield() }
            return state.withLock { $0 }
        }
    }

    private func run(_ body: (HTTPServer, HeldTransport, Observer) async throws -> Void) async throws {
        let upstream = HeldTransport { path in
            (200, #"{"id":"\#(path.split(separator: "/").last ?? "")","owner_id":"o"}"#)
        }
        let observer = Observer()
        var service = try ServiceConfiguration.oneWorkspace(Self.sdl, before: upstream)
        service.observer = observer
        var configuration = GatewayConfiguration(service: service)
        configuration.server.listeners = [.onFreePort]
        configuration.server.threads = 1
        configuration.server.graphQL.maximumBatch = 10
        let server = try await buildGateway(configuration).start()
        do {
            try await body(server, upstream, observer)
            upstream.open()
            try await server.shutDown(delays: false)
        } catch {
            upstream.open()
            try await server.shutDown(delays: false)
            throw error
        }
    }

    /// Sends a request, and leaves while the upstream holds its first call.
    private func leave(_ body: String, _ server: HTTPServer, _ upstream: HeldTransport) async throws {
        var connection: RawConnection? = try RawConnection(to: server.address)
        connection?.resetWhenClosed()
        connection?.send(Self.request(body))
        await upstream.requests(reach: 1)
        connection = nil
        while server.connectionCount > 0, !Task.isCancelled { await Task.yield() }
    }

    private static func request(_ body: String) -> String {
        "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer k\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    private static let query = #"{"query":"{ thing(id: \"a\") { owner { id } } }"}"#

    @Test(arguments: [query, "[\(query)]"]) func queryOfALeavingClientMakesNoMoreCalls(body: String) async throws {
        try await run { server, upstream, observer in
            try await leave(body, server, upstream)
            upstream.open()
            #expect(await observer.codes(of: 1) == [["REQUEST_CANCELLED"]])
            #expect(upstream.paths == ["/things/a"])
        }
    }

    @Test func equalRequestsThatWaitAreServed() async throws {
        try await run { server, upstream, _ in
            var first: RawConnection? = try RawConnection(to: server.address)
            first?.resetWhenClosed()
            first?.send(Self.request(Self.query))
            await upstream.requests(reach: 1)
            let second = try RawConnection(to: server.address)
            second.send(Self.request(Self.query))
            let third = try RawConnection(to: server.address)
            // Other bytes, and so another request that waits for the same execution.
            third.send(Self.request(Self.query + " "))
            while server.connectionCount < 3, !Task.isCancelled { await Task.yield() }
            first = nil
            while server.connectionCount > 2, !Task.isCancelled { await Task.yield() }
            upstream.open()
            let end = #"{"data":{"thing":{"owner":{"id":"o"}}}}"#
            for connection in [second, third] { #expect(await connection.read(until: end).hasSuffix(end)) }
        }
    }

    @Test(arguments: [
        #"{"query":"mutation { a: create(name: \"a\") { id } b: create(name: \"b\") { id } }"}"#,
        #"[{"query":"mutation { create(name: \"a\") { id } }"},{"query":"mutation { create(name: \"b\") { id } }"}]"#,
    ])
    func mutationOfALeavingClientIsCarriedOut(body: String) async throws {
        try await run { server, upstream, _ in
            try await leave(body, server, upstream)
            upstream.open()
            await upstream.requests(reach: 2)
            #expect(upstream.paths == ["/create/a", "/create/b"])
        }
    }

    /// Who has closed its side only waits for the response.
    @Test func aHalfClosedClientGetsItsResponse() async throws {
        try await run { server, upstream, _ in
            let connection = try RawConnection(to: server.address)
            connection.send(Self.request(Self.query))
            connection.finishSending()
            await upstream.requests(reach: 1)
            upstream.open()
            #expect(await connection.readToEnd().hasSuffix(#"{"data":{"thing":{"owner":{"id":"o"}}}}"#))
        }
    }
}
