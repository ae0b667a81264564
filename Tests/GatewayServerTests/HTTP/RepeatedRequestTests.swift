import Gateway
import GatewayServer
import GatewayTestSupport
import GraphQL
import Testing
import Upstream

/// Requests of the same bytes, on connections that say exactly which bytes go out together.
@Suite(.timeLimit(.minutes(15))) struct RepeatedRequestTests {
    private static let sdl = """
        schema @upstream @cacheControl(maxAge: 60) { query: Query }
        type Query { thing(id: ID!): Thing @rest(get: "/things/{id}") }
        type Thing { id: ID! name: String }
        """

    /// A gateway in front of an upstream that can be held.
    struct Held {
        let upstream: HeldTransport
        let service: GatewayService
        let server: HTTPServer

        /// Lends a gateway to a test, and stops it.
        static func run(
            isOpen: Bool,
            options: CallOptimizations = CallOptimizations(),
            maximumInFlight: Int = 10_000,
            resultBytes: Int = 8 << 20,
            threads: Int = 2,
            name: @escaping @Sendable () -> String = { "A" },
            _ body: (Held) async throws -> Void
        ) async throws {
            let upstream = HeldTransport { path in
                path == "/things/missing" ? (500, "") : (200, #"{"id":"\#(path.dropFirst(8))","name":"\#(name())"}"#)
            }
            if isOpen { upstream.open() }
            var service = try ServiceConfiguration.oneWorkspace(RepeatedRequestTests.sdl, before: upstream)
            service.optimizations = options
            service.resultBytes = resultBytes
            var configuration = GatewayConfiguration(service: service)
            configuration.server.listeners = [.onFreePort]
            configuration.server.threads = threads
            configuration.server.limits.maximumRequestsInFlight = maximumInFlight
            let built = buildGateway(configuration)
            let server = try await built.start()
            let held = Held(upstream: upstream, service: built.service, server: server)
            do {
                try await body(held)
                try await server.shutDown()
            } catch {
                upstream.open()
                try await server.shutDown()
                throw error
            }
        }

        /// Waits until so many requests wait for another one.
        func waiting(reach count: Int) async {
            while service.waitingRequestCount < count, !Task.isCancelled { await Task.yield() }
        }
    }

    /// A request for a thing.
    static func request(
        _ id: String = "a",
        alias: String? = nil,
        key: String = "k",
        fields: String = "",
        isLast: Bool = false
    ) -> String {
        let body = #"{"query":"{ \#(alias.map { "\($0): " } ?? "")thing(id: \"\#(id)\") { id name } }"}"#
        return "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Authorization: Bearer \(key)\r\n\(fields)\(isLast ? "Connection: close\r\n" : "")"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    private static func end(_ id: String = "a", name: String = "A") -> String {
        #"{"data":{"thing":{"id":"\#(id)","name":"\#(name)"}}}"#
    }

    /// Sends requests until one is not read as HTTP any more.
    private func fill(_ held: Held, _ connection: RawConnection) async {
        for _ in 1...6 {
            connection.send(Self.request())
            #expect(await connection.read(until: Self.end()).hasSuffix(Self.end()))
        }
        #expect(held.service.repeatedResponseCount > 0)
    }

    /// A response without what differs each time.
    private static func comparable(_ response: String) -> [String] {
        let lines = response.split(separator: "\r\n").map(String.init)
        return lines.filter { !$0.hasPrefix("date:") && !$0.hasPrefix("x-request-id:") }.sorted()
    }

    @Test func aRepeatedResponseIsTheFirstOneButForItsIDAndDate() async throws {
        try await Held.run(isOpen: true) { held in
            let connection = try RawConnection(to: held.server.address)
            connection.send(Self.request())
            let first = await connection.read(until: Self.end())
            var ids: Set<String> = []
            for _ in 1...8 {
                connection.send(Self.request())
                let response = await connection.read(until: Self.end())
                #expect(Self.comparable(response) == Self.comparable(first))
                let id = response.split(separator: "\r\n").first { $0.hasPrefix("x-request-id: ") }
                ids.insert(String(id ?? ""))
            }
            #expect(ids.count == 8)
            #expect(held.upstream.paths == ["/things/a"])
        }
    }

    @Test func asManyTextsInTurnAsThereIsRoomForAreAllRecognized() async throws {
        let name = String(repeating: "n", count: 4000)
        let longName: @Sendable () -> String = { name }
        // Room for about 120 responses by what they were asked with, and for about 340 by the bytes of requests, in
        // four parts: no part gets more requests than it has room for, by whatever hash of the process.
        try await Held.run(isOpen: true, resultBytes: 1 << 20, name: longName) { held in
            let connection = try RawConnection(to: held.server.address)
            var recognized = 0
            for _ in 1...6 {
                let before = held.service.repeatedResponseCount
                for number in 100..<280 {
                    connection.send(Self.request(alias: "t\(number)"))
                    let end = #"{"data":{"t\#(number)":{"id":"a","name":"\#(name)"}}}"#
                    #expect(await connection.read(until: end).hasSuffix(end))
                }
                recognized = held.service.repeatedResponseCount - before
            }
            #expect(recognized > 150)
        }
    }

    @Test func anIDOfTheClientIsRepeated() async throws {
        try await Held.run(isOpen: true) { held in
            let connection = try RawConnection(to: held.server.address)
            for _ in 1...8 {
                connection.send(Self.request(fields: "X-Request-ID: mine-1\r\n"))
                #expect(await connection.read(until: Self.end()).contains("\r\nx-request-id: mine-1\r\n"))
            }
        }
    }

    /// Parts in which the bytes of requests can come; each request is for the same thing.
    static let parts: [[String]] = {
        let request = RepeatedRequestTests.request()
        let other = RepeatedRequestTests.request("b")
        let head = String(request.prefix(request.count - 10))
        return [
            [request + request], [request + other + request], [head, String(request.suffix(10))],
            [request + head, String(request.suffix(10))], [request, request], ["\r\n" + request],
            [head, String(request.suffix(10)) + request], [String(request.prefix(3)), String(request.dropFirst(3))],
            [request, request.replacing("HTTP/1.1", with: "HTTP/1.0")],
            [request + "GET / HT", "TP/1.1\r\nHost: a\r\n\r\n"],
            [request, RepeatedRequestTests.request(fields: "Expect: 100-continue\r\n")],
            [request, RepeatedRequestTests.request(fields: "Upgrade: other\r\nConnection: Upgrade\r\n")],
        ]
    }()

    @Test(arguments: parts.indices) func bytesThatComeInOtherPartsHaveTheSameResponses(index: Int) async throws {
        let parts = Self.parts[index] + [Self.request(isLast: true)]
        try await Held.run(isOpen: true) { held in
            // A connection of its own: its requests are all read as HTTP.
            let reader = try RawConnection(to: held.server.address)
            reader.send("\r\n" + parts.joined())
            let expected = await reader.readToEnd()
            await fill(held, try RawConnection(to: held.server.address))
            let connection = try RawConnection(to: held.server.address)
            for part in parts {
                connection.send(part)
                // Most parts arrive by themselves; those that do not must have the same responses.
                await Task.yield()
            }
            #expect(Self.comparable(await connection.readToEnd()) == Self.comparable(expected))
        }
    }

    // MARK: - Requests at the same time

    @Test(arguments: [true, false]) func equalRequestsWaitForOneExecution(caches: Bool) async throws {
        var options = CallOptimizations()
        options.caching = caches
        try await Held.run(isOpen: false, options: options) { held in
            let connections = try (0..<12).map { _ in try RawConnection(to: held.server.address) }
            for connection in connections { connection.send(Self.request()) }
            await held.waiting(reach: 11)
            held.upstream.open()
            var ids: Set<String> = []
            for connection in connections {
                let response = await connection.read(until: Self.end())
                #expect(response.hasSuffix(Self.end()))
                ids.insert(String(response.split(separator: "\r\n").first { $0.hasPrefix("x-request-id: ") } ?? ""))
                // The connection goes on.
                connection.send(Self.request("b"))
                #expect(await connection.read(until: Self.end("b")).hasSuffix(Self.end("b")))
            }
            #expect(ids.count == 12)
            #expect(held.upstream.paths.filter { $0 == "/things/a" }.count == 1)
            #expect(held.service.waitingRequestCount == 0)
        }
    }

    @Test func requestsThatWaitForAnotherOneCountAsInFlight() async throws {
        try await Held.run(isOpen: false, maximumInFlight: 3) { held in
            let connections = try (0..<3).map { _ in try RawConnection(to: held.server.address) }
            for connection in connections { connection.send(Self.request()) }
            await held.waiting(reach: 2)
            let tooMany = try RawConnection(to: held.server.address)
            tooMany.send(Self.request(isLast: true))
            #expect(await tooMany.readToEnd().hasPrefix("HTTP/1.1 503 "))
            held.upstream.open()
            for connection in connections { #expect(await connection.read(until: Self.end()).hasSuffix(Self.end())) }
            // All of them have ended, and the limit holds for others again.
            let next = try RawConnection(to: held.server.address)
            next.send(Self.request("b", isLast: true))
            #expect(await next.readToEnd().hasSuffix(Self.end("b")))
        }
    }

    @Test func anotherKeyIsExecutedByItself() async throws {
        try await Held.run(isOpen: false) { held in
            let (one, other) = (try RawConnection(to: held.server.address), try RawConnection(to: held.server.address))
            one.send(Self.request())
            other.send(Self.request(key: "other"))
            await held.upstream.requests(reach: 2)
            held.upstream.open()
            #expect(await one.read(until: Self.end()).hasSuffix(Self.end()))
            #expect(await other.read(until: Self.end()).hasSuffix(Self.end()))
        }
    }

    @Test func aFailureIsNotShared() async throws {
        try await Held.run(isOpen: false) { held in
            let connections = try (0..<3).map { _ in try RawConnection(to: held.server.address) }
            for connection in connections { connection.send(Self.request("missing")) }
            await held.waiting(reach: 2)
            held.upstream.open()
            for connection in connections {
                let response = await connection.read(until: "\"errors\"")
                #expect(response.contains("\"thing\":null") || response.contains("errors"))
            }
            #expect(held.service.waitingRequestCount == 0)
        }
    }

    @Test func whatComesWhileARequestWaitsIsServedAfterIt() async throws {
        try await Held.run(isOpen: false) { held in
            let (leader, follower) = (
                try RawConnection(to: held.server.address), try RawConnection(to: held.server.address)
            )
            leader.send(Self.request())
            await held.upstream.requests(reach: 1)
            follower.send(Self.request())
            await held.waiting(reach: 1)
            follower.send(Self.request("b") + Self.request("c", isLast: true))
            held.upstream.open()
            let text = await follower.readToEnd()
            let bodies = text.split(separator: "\r\n").filter { $0.contains("{\"data\"") }
            #expect(bodies.map { String($0.prefix(40)) }.count == 3)
            let positions = ["a", "b", "c"].compactMap { text.firstRange(of: Self.end($0))?.lowerBound }
            #expect(positions.count == 3)
            #expect(positions == positions.sorted())
        }
    }

    /// Two requests in turn wait for equal ones, and what comes behind them has been received already.
    @Test func whatComesBehindTwoRequestsThatWaitIsServedAfterThem() async throws {
        try await Held.run(isOpen: false) { held in
            let address = held.server.address
            let (first, second) = (try RawConnection(to: address), try RawConnection(to: address))
            let follower = try RawConnection(to: address)
            // As long as what NIO receives at a time in the beginning, so that it is a piece of its own.
            let padding = 2048 - Self.request("missing", fields: "X-Padding: \r\n").utf8.count
            let failing = Self.request("missing", fields: "X-Padding: \(String(repeating: "x", count: padding))\r\n")
            first.send(Self.request())
            second.send(failing)
            await held.upstream.requests(reach: 2)
            follower.send(Self.request())
            await held.waiting(reach: 1)
            follower.send(failing + Self.request("b", isLast: true))
            held.upstream.release("/things/a")
            #expect(await follower.read(until: Self.end()).hasSuffix(Self.end()))
            held.upstream.open()
            let rest = await follower.readToEnd()
            let places = ["\"errors\"", Self.end("b")].compactMap { rest.firstRange(of: $0)?.lowerBound }
            #expect(places.count == 2, "\(rest)")
            #expect(places == places.sorted())
        }
    }

    @Test func aWaitingClientMayLeave() async throws {
        try await Held.run(isOpen: false) { held in
            let leader = try RawConnection(to: held.server.address)
            leader.send(Self.request())
            await held.upstream.requests(reach: 1)
            do {
                let follower = try RawConnection(to: held.server.address)
                follower.send(Self.request())
                await held.waiting(reach: 1)
            }
            let halfClosed = try RawConnection(to: held.server.address)
            halfClosed.send(Self.request())
            await held.waiting(reach: 2)
            halfClosed.finishSending()
            held.upstream.open()
            #expect(await leader.read(until: Self.end()).hasSuffix(Self.end()))
            #expect(await halfClosed.readToEnd().hasSuffix(Self.end()))
        }
    }
}
