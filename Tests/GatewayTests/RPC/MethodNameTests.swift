import GatewayTestSupport
import GraphQL
import JSON
import JSONRPC
import Testing
import Upstream

@testable import Gateway

/// Names of methods are compared byte by byte, as all names that others choose.
@Suite struct MethodNameTests {
    /// Two names that Swift's strings take for equal: one has a letter for what the other writes as two.
    private static let (composed, decomposed) = ("caf\u{E9}.get", "cafe\u{301}.get")

    private static let sdl = """
        schema @upstream { query: Query }
        type Query {
          one(id: ID!): Thing @rest(get: "/one/{id}") @rpc(method: "\(composed)")
          two(id: ID!): Thing @rest(get: "/two/{id}") @rpc(method: "\(decomposed)")
          kelvin(id: ID!): Thing @rest(get: "/kelvin/{id}") @rpc(method: "\u{212A}.get")
        }
        type Thing { id: ID! }
        """

    @Test(
        arguments: [
            (composed, "/one/a"), (decomposed, "/two/a"), ("\u{212A}.get", "/kelvin/a"), ("K.get", nil),
        ] as [(String, String?)]
    )
    func methodNamesAreComparedByBytes(method: String, path: String?) async throws {
        let upstream = HeldTransport { _ in (200, #"{"id":"a"}"#) }
        upstream.open()
        let configuration = try ServiceConfiguration.oneWorkspace(Self.sdl, before: upstream)
        let service = RPCService(service: GatewayService(configuration))
        let message = #"{"jsonrpc":"2.0","method":"\#(method)","params":["a"],"id":1}"#
        let response = await service.respond(to: Array(message.utf8), caller: Caller()).value()
        let json = try JSONValue(parsing: response.body ?? [])
        #expect(upstream.paths == (path.map { [$0] } ?? []))
        #expect(json["error"]?["code"] == (path == nil ? -32601 : nil))
    }
}
