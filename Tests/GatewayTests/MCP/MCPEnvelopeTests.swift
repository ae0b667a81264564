import JSON
import JSONRPC
import Testing

@testable import Gateway

@Suite struct MCPEnvelopeTests {
    private static let stateless = "2026-07-28"

    private static func call(_ method: String, version: JSONValue?, name: String? = nil) -> RPCCall {
        var members = JSONObject()
        if let version {
            members["_meta"] = [
                "io.modelcontextprotocol/protocolVersion": version,
                "io.modelcontextprotocol/clientCapabilities": [:],
            ]
        }
        if let name { members["name"] = .string(name) }
        return RPCCall(method: method, params: .byName(members), id: RPCID(text: Array("1".utf8)))
    }

    @Test(arguments: [
        ("tools/list", nil, MCPRevision.march2025), ("tools/list", "2025-06-18", .june2025),
        ("initialize", "2024-11-05", .november2025), ("initialize", "x", .november2025),
    ])
    func aRequestAfterAHandshakeHasTheRevisionOfItsHeader(
        method: String,
        version: String?,
        revision: MCPRevision
    ) throws {
        let headers = MCPHeaders(protocolVersion: version)
        #expect(try MCPEnvelope.revision(of: Self.call(method, version: nil), headers: headers) == revision)
    }

    @Test func statelessRequestStatesItsRevisionInHeaderAndBody() throws {
        let headers = MCPHeaders(protocolVersion: Self.stateless, method: "tools/call", name: "=?base64?w6k=?=")
        let call = Self.call("tools/call", version: .string(Self.stateless), name: "é")
        #expect(try MCPEnvelope.revision(of: call, headers: headers) == .july2026)
    }

    @Test(arguments: [
        (
            MCPHeaders(), "2026-07-28", -32020,
            "The header MCP-Protocol-Version is missing, or does not match the body."
        ),
        (
            MCPHeaders(protocolVersion: "2026-07-28", method: "x"), "2026-07-28", -32020,
            "The header Mcp-Method is missing, or does not match the body."
        ),
        (
            MCPHeaders(protocolVersion: "2026-07-28", method: "tools/call", name: "b"), "2026-07-28", -32020,
            "The header Mcp-Name is missing, or does not match the body."
        ),
        (
            MCPHeaders(protocolVersion: "2025-06-18", method: "tools/call", name: "a"), "2025-06-18", -32022,
            "Unsupported protocol version"
        ),
    ])
    func contradictoryHeadersAreRefused(headers: MCPHeaders, version: String, code: Int, message: String) {
        let call = Self.call("tools/call", version: .string(version), name: "a")
        let error = #expect(throws: RPCError.self) { try MCPEnvelope.revision(of: call, headers: headers) }
        #expect(error?.code.rawValue == code)
        #expect(error?.message == message)
    }

    @Test func anUnknownRevisionIsRefusedWithThoseThatAreSpoken() {
        let headers = MCPHeaders(protocolVersion: "1999-01-01")
        let error = #expect(throws: RPCError.self) {
            try MCPEnvelope.revision(of: Self.call("tools/list", version: nil), headers: headers)
        }
        #expect(
            error?.data == [
                "supported": ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"],
                "requested": "1999-01-01",
            ]
        )
    }
}
