import GatewayTestSupport
import JSON
import JSONRPC
import Testing
import Upstream

@testable import Gateway

/// All results of a batch together have a limit, those of calls that fail in part among them.
@Suite struct LargeBatchTests {
    private static let sdl = """
        schema @upstream { query: Query }
        type Query { thing(id: ID!): Thing @rest(get: "/things/{id}") @rpc(method: "things.get") }
        type Thing @entity(get: "/things/{id}") { id: ID! name: String other: Thing @reference(key: "other_id") }
        """
    private static let limit = 3000
    private static let name = String(repeating: "x", count: 1000)

    /// Things whose other thing exists, or cannot be read.
    private func service() throws -> RPCService {
        let upstream = HeldTransport { path in
            switch path {
            case "/things/whole": (200, #"{"id":"whole","name":"\#(Self.name)","other_id":"whole"}"#)
            case "/things/part": (200, #"{"id":"part","name":"\#(Self.name)","other_id":"unreadable"}"#)
            default: (500, "")
            }
        }
        upstream.open()
        var configuration = try ServiceConfiguration.oneWorkspace(Self.sdl, before: upstream)
        configuration.limits.maximumResponseBytes = Self.limit
        return RPCService(service: GatewayService(configuration))
    }

    private let caller = Caller(credential: Credential(key: "k"))

    @Test(arguments: ["whole", "part"]) func resultsOfJSONRPCCalls(thing: String) async throws {
        let params = #"{"id":"\#(thing)","select":"name other { id }"}"#
        let calls = (1...6).map { #"{"jsonrpc":"2.0","method":"things.get","params":\#(params),"id":\#($0)}"# }
        let message = Array("[\(calls.joined(separator: ","))]".utf8)
        let response = await (try service()).respond(to: message, caller: caller).value()
        let replies = try #require(try JSONValue(parsing: response.body ?? []).arrayValue)
        #expect(replies.count == 6)
        for (index, reply) in replies.enumerated() {
            let error = reply["error"]?["data"]
            let value = thing == "whole" ? reply["result"] : error?["result"]
            #expect(value?["name"] == (index < 2 ? .string(Self.name) : nil), "\(index)")
            if index >= 2 { #expect(error?["code"] == "RESPONSE_TOO_LARGE", "\(index)") }
        }
    }

    @Test(arguments: ["whole", "part"]) func resultsOfMCPTools(thing: String) async throws {
        let arguments = #"{"id":"\#(thing)","select":"name other { id }"}"#
        let calls = (1...4).map { number in
            #"{"jsonrpc":"2.0","method":"tools/call","params":{"name":"things_get","arguments":\#(arguments)},"id":\#(number)}"#
        }
        let message = Array("[\(calls.joined(separator: ","))]".utf8)
        let service = MCPService(try service())
        let response = await service.respond(to: message, headers: MCPHeaders(), caller: caller).value()
        let body = try #require(response.body)
        #expect(body.count < Self.limit + 1000)
        let replies = try #require(try JSONValue(parsing: body).arrayValue)
        #expect(replies.map { $0["id"] } == [1, 2, 3, 4])
        #expect(replies[0]["result"]?["isError"] == .bool(thing == "part"))
        #expect(replies[3]["error"]?["data"]?["code"] == "RESPONSE_TOO_LARGE")
    }
}
