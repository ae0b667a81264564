import GatewayTestSupport
import GraphQL
import JSON
import Synchronization
import Testing
import Upstream

@testable import Gateway

/// A service whose upstream is held by hand, and the messages of its responses in parts.
struct IncrementalHarness {
    static let directives = """
        directive @defer(if: Boolean! = true, label: String) on FRAGMENT_SPREAD | INLINE_FRAGMENT
        directive @stream(if: Boolean! = true, label: String, initialCount: Int = 0) on FIELD
        """

    private static let sdl =
        directives + """

            schema @upstream { query: Query mutation: Mutation }
            type Query {
              thing: Thing @rest(get: "/thing")
              things: [Thing!] @rest(list: "/things")
              maybe: [Thing] @rest(list: "/things")
            }
            type Mutation {
              add(name: String): Thing @rest(post: "/added")
              change(name: String): Thing @rest(post: "/changed")
            }
            interface Named { name: String }
            type Thing implements Named @entity(get: "/things/{id}") {
              id: ID! name: String tags: [String!] marks: [String!]! @json(name: "tags") must: String!
              owner: Owner @reference(key: "owner_id") needed: Owner! @reference(key: "owner_id")
            }
            type Owner implements Named @entity(get: "/owners/{id}") { id: ID! name: String boss: Owner @reference(key: "boss_id") }
            """

    static func response(_ path: String) -> (status: Int, body: String) {
        let a = #"{"id":"a","name":"A","tags":["x","y","z"],"must":"m","owner_id":"o"}"#
        let b = #"{"id":"b","name":"B","tags":null,"must":null,"owner_id":null}"#
        return switch path {
        case "/thing", "/added", "/changed", "/things/a": (200, a)
        case "/things/b": (200, b)
        case "/things": (200, "[\(a),\(b)]")
        case "/owners/o": (200, #"{"id":"o","name":"O","boss_id":"p"}"#)
        case "/owners/p": (200, #"{"id":"p","name":"P","boss_id":null}"#)
        default: (500, "")
        }
    }

    /// The messages so far.
    final class Messages: Sendable {
        private let all = Mutex([[UInt8]]())

        func add(_ message: [UInt8]) { all.withLock { $0.append(message) } }
        func json() throws -> [JSONValue] { try all.withLock { $0 }.map { try JSONValue(parsing: $0) } }
    }

    let transport: HeldTransport
    let service: GatewayService
    let messages = Messages()

    init(
        _ response: @escaping @Sendable (String) -> (status: Int, body: String) = Self.response,
        limits: RequestLimits = RequestLimits(),
        caches: Bool = false
    ) throws {
        transport = HeldTransport(response)
        let sdl = Self.sdl.replacing(
            "schema @upstream {",
            with: caches ? "schema @upstream @cacheControl(maxAge: 60) {" : "schema @upstream {"
        )
        var configuration = try ServiceConfiguration.oneWorkspace(sdl, before: transport)
        configuration.limits = limits
        service = GatewayService(configuration)
    }

    func reply(_ query: String, variables: JSONObject = JSONObject(), wantsReport: Bool = false) -> IncrementalReply? {
        let request = GraphQLRequest(query: query, variables: variables)
        var caller = Caller(credential: Credential(key: "k"))
        caller.wantsReport = wantsReport
        return service.prepare(request, for: caller).incrementalReply(to: request)
    }

    /// The delivery of a query of which something is deferred.
    func delivery(_ query: String, variables: JSONObject = JSONObject()) throws -> IncrementalDelivery {
        guard case .parts(let delivery)? = reply(query, variables: variables) else {
            throw TestFailure("\(query) does not come in parts")
        }
        return delivery
    }

    /// The messages of a query whose upstream responds at once.
    func all(
        _ query: String,
        variables: JSONObject = JSONObject(),
        as format: IncrementalFormat = .current
    ) async throws -> [JSONValue] {
        transport.open()
        let delivery = try delivery(query, variables: variables)
        #expect(await delivery.deliver(as: format) { messages.add($0) })
        return try messages.json()
    }

    struct TestFailure: Error {
        let text: String
        init(_ text: String) { self.text = text }
    }
}
