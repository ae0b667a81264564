import Gateway
import GatewayServer
import GatewayTestSupport
import GraphQL
import JSON
import NIOCore
import Upstream

/// A gateway that sends responses in parts, in front of an upstream that is held by hand.
struct HeldGateway {
    static let sdl = """
        directive @defer(if: Boolean! = true, label: String) on FRAGMENT_SPREAD | INLINE_FRAGMENT
        directive @stream(if: Boolean! = true, label: String, initialCount: Int = 0) on FIELD
        schema @upstream @cacheControl(maxAge: 60) { query: Query }
        type Query { thing: Thing @rest(get: "/thing") things: [Thing!] @rest(list: "/things") }
        type Thing { id: ID! name: String owner: Owner @reference(key: "owner_id") needed: Owner! @reference(key: "owner_id") }
        type Owner @entity(get: "/owners/{id}") { id: ID! name: String boss: Owner @reference(key: "boss_id") }
        """

    let upstream: HeldTransport
    let service: GatewayService
    let server: HTTPServer

    /// Lends a gateway to a test, and stops it.
    ///
    /// Each owner's boss is an owner whose id has one letter more.
    static func run(
        options: HTTPServerOptions = HTTPServerOptions(),
        limits: RequestLimits = RequestLimits(),
        observer: (any GatewayObserver)? = nil,
        tls: TLSCredentials? = nil,
        _ body: (HeldGateway) async throws -> Void
    ) async throws {
        let upstream = HeldTransport { path in
            switch path {
            case "/thing": (200, #"{"id":"a","name":"A","owner_id":"o"}"#)
            case "/things": (200, #"[{"id":"a","owner_id":"o"},{"id":"b","owner_id":"p"}]"#)
            default: (200, #"{"id":"\#(path.dropFirst(8))","name":"O","boss_id":"\#(path.dropFirst(8))x"}"#)
            }
        }
        var service = try ServiceConfiguration.oneWorkspace(sdl, before: upstream)
        service.limits = limits
        service.observer = observer
        var configuration = GatewayConfiguration(service: service)
        configuration.server = options
        configuration.server.listeners = [.onFreePort]
        if let tls {
            let address = BindAddress.address(ListenAddress(host: "127.0.0.1", port: 0))
            configuration.server.listeners.append(HTTPListener(address, tls: tls))
        }
        configuration.server.threads = 1
        configuration.server.messages.initializationTimeout = .seconds(120)
        let built = buildGateway(configuration)
        let server = try await built.start()
        let held = HeldGateway(upstream: upstream, service: built.service, server: server)
        do {
            try await body(held)
            upstream.open()
            try await server.shutDown(delays: false)
        } catch {
            upstream.open()
            try await server.shutDown(delays: false)
            throw error
        }
    }

    static let query = "{ thing { id ... @defer { owner { name } } } }"

    /// Sends a query on a connection of its own.
    func post(_ query: String, accept: String, isLast: Bool = true) throws -> RawConnection {
        let connection = try RawConnection(to: server.address)
        connection.send(Self.request(query, accept: accept, isLast: isLast))
        return connection
    }

    /// The bytes of a request.
    static func request(_ query: String, accept: String, isLast: Bool) -> String {
        let body = String(decoding: JSONValue.object(["query": .string(query)]).serialized(), as: UTF8.self)
        return "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: \(accept)\r\n"
            + "Authorization: Bearer k\r\n\(isLast ? "Connection: close\r\n" : "")"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    /// The texts of messages in a response so far: the lines that are JSON, without the framing of HTTP and of the transport.
    static func messages(_ text: String) -> [String] {
        text.replacing("\r\n", with: "\n").split(separator: "\n").compactMap { line in
            let line = line.hasPrefix("data: ") ? line.dropFirst(6) : line
            return line.hasPrefix("{") ? String(line) : nil
        }
    }
}
