import GatewayTestSupport
import JSON
import JSONRPC
import Testing
import Upstream

@testable import Gateway

/// A client that may have some documents executed, and nothing else.
@Suite struct RestrictedClientTests {
    private static let sdl = """
        schema @upstream { query: Query }
        type Query { thing(id: ID!): Thing @rest(get: "/things/{id}") @rpc(method: "things.get") }
        type Thing @entity(get: "/things/{id}") { id: ID! name: String }
        """

    private let service: RPCService

    init() throws {
        let upstream = HeldTransport { _ in (404, "") }
        upstream.open()
        service = RPCService(service: GatewayService(try ServiceConfiguration.oneWorkspace(Self.sdl, before: upstream)))
    }

    private func caller(documents: [String]?) -> Caller {
        var caller = Caller()
        caller.client = GatewayClient(name: "a", documents: documents)
        return caller
    }

    private func code(of outcome: RPCOutcome) -> String? {
        guard case .failed(let error) = outcome else { return nil }
        return error.data["code"]?.stringValue
    }

    @Test(arguments: ["rpc.discover", "quota.report", "things.get"])
    func methodsAreRefused(method: String) async throws {
        let params = method == "things.get" ? #","params":{"id":"1"}"# : ""
        let message = Array(#"{"jsonrpc":"2.0","method":"\#(method)"\#(params),"id":1}"#.utf8)
        func code(_ documents: [String]?) async throws -> JSONValue? {
            let response = await service.respond(to: message, caller: caller(documents: documents)).value()
            return try JSONValue(parsing: response.body ?? [])["error"]?["data"]?["code"]
        }
        #expect(try await code(["{ __typename }"]) == "FORBIDDEN")
        #expect(try await code(nil) != "FORBIDDEN")
    }

    @Test func toolsAreRefused() async {
        let toolbox = GatewayToolbox(service)
        func code(_ documents: [String]?) async -> String? {
            let arguments: JSONObject = ["words": "thing"]
            return self.code(
                of: await toolbox.call("search", arguments: arguments, caller: caller(documents: documents))
            )
        }
        #expect(await code(["{ __typename }"]) == "FORBIDDEN")
        #expect(await code(nil) == nil)
    }
}
