import GatewayTestSupport
import GraphQL
import JSON
import JSONRPC
import Testing
import Upstream

@testable import Gateway

/// Messages and the responses to them, byte by byte; the upstream is a table in memory.
@Suite struct RPCServiceTests {
    private static let sdl = """
        schema @upstream { query: Query }
        type Query {
          things: [Thing!] @rest(list: "/things") @rpc(method: "things.list")
          thing(id: ID!): Thing @rest(get: "/things/{id}") @rpc(method: "things.get")
        }
        type Thing @entity(get: "/things/{id}") { id: ID! name: String }
        """

    private let upstream: HeldTransport
    private let service: RPCService

    init() throws {
        upstream = HeldTransport { path in
            switch path {
            case "/things": (200, #"[{"id":"a","name":"A"}]"#)
            case "/things/a": (200, #"{"id":"a","name":"A"}"#)
            default: (404, "")
            }
        }
        upstream.open()
        var configuration = try ServiceConfiguration.oneWorkspace(Self.sdl, before: upstream)
        configuration.limits.maximumResponseBytes = 200
        var messages = RPCLimits()
        messages.maximumBatch = 3
        service = RPCService(service: GatewayService(configuration), limits: messages)
    }

    /// The response to a message; nil: there is none.
    private func response(to message: String) async -> String? {
        let caller = Caller(credential: Credential(key: "k"))
        let response = await service.respond(to: Array(message.utf8), caller: caller).value()
        return response.body.map { String(decoding: $0, as: UTF8.self) }
    }

    private static func call(_ method: String, _ params: String? = nil, id: String? = nil) -> String {
        let rest = (params.map { #","params":\#($0)"# } ?? "") + (id.map { #","id":\#($0)"# } ?? "")
        return #"{"jsonrpc":"2.0","method":"\#(method)"\#(rest)}"#
    }

    private static func result(_ value: String, id: String = "1") -> String {
        #"{"jsonrpc":"2.0","result":\#(value),"id":\#(id)}"#
    }

    private static func failed(_ code: Int, _ message: String, _ data: String, id: String = "1") -> String {
        #"{"jsonrpc":"2.0","error":{"code":\#(code),"message":"\#(message)","data":{\#(data)}},"id":\#(id)}"#
    }

    private static let wrongExecution = failed(
        -32602,
        "graphql.execute takes query, variables, operationName and extensions, and no others.",
        #""code":"BAD_USER_INPUT""#
    )

    /// Messages and responses that need no upstream call.
    static let withoutCalls: [(String, String?)] = [
        (
            call("nothing", id: "1"),
            failed(
                -32601,
                "Method not found",
                #""code":"METHOD_NOT_FOUND","detail":"There is no method \"nothing\"; "#
                    + #"the method \"rpc.discover\" lists all.""#
            )
        ),
        // A notification has no response, whatever is wrong with it.
        (call("nothing"), nil),
        ("[\(call("nothing")),\(call("things.list", #"{"more":1}"#))]", nil),
        (
            call("things.list", #"{"more":1}"#, id: "1"),
            failed(
                -32602,
                #"There is no parameter \"more\"; things.list takes \"select\"."#,
                #""code":"BAD_USER_INPUT""#
            )
        ),
        (call("graphql.execute", #"{"query":"{__typename}","more":1}"#, id: "1"), wrongExecution),
        (call("graphql.execute", #"["{__typename}",null,null,null,null]"#, id: "1"), wrongExecution),
        (call("graphql.execute", #"{"query":"{__typename}"}"#, id: "1"), result(#"{"data":{"__typename":"Query"}}"#)),
        (
            call("graphql.execute", #"["query A{__typename} query B{t:__typename}",{},"B"]"#, id: "1"),
            result(#"{"data":{"t":"Query"}}"#)
        ),
        // What GraphQL refuses is a result: the caller asked for a GraphQL response.
        (
            call("graphql.execute", #"{"query":"{"}"#, id: "1"),
            result(
                #"{"errors":[{"message":"Syntax Error: Expected Name, found <EOF>.","#
                    + #""locations":[{"line":1,"column":2}],"extensions":{"code":"GRAPHQL_PARSE_FAILED"}}]}"#
            )
        ),
    ]

    @Test(arguments: withoutCalls) func messagesHaveTheirResponses(message: String, expected: String?) async {
        #expect(await response(to: message) == expected)
        #expect(upstream.paths == [])
    }

    @Test func aBatchHasItsResponsesInOrderAndNoneForNotifications() async {
        let calls = [
            Self.call("things.get", #"{"id":"missing"}"#, id: #""b""#), Self.call("things.list"),
            Self.call("things.get", #"["a"]"#, id: "3"),
        ]
        let results = [Self.result("null", id: #""b""#), Self.result(#"{"id":"a","name":"A"}"#, id: "3")]
        #expect(await response(to: "[\(calls.joined(separator: ","))]") == "[\(results.joined(separator: ","))]")
        #expect(upstream.paths.sorted() == ["/things", "/things/a", "/things/missing"])
    }

    @Test func aBatchMayHaveSoManyCallsAndNoMore() async {
        let calls = Array(repeating: Self.call("nothing"), count: 4)
        #expect(await response(to: "[\(calls.prefix(3).joined(separator: ","))]") == nil)
        #expect(
            await response(to: "[\(calls.joined(separator: ","))]")
                == Self.failed(
                    -32600,
                    "Invalid Request",
                    #""code":"BAD_REQUEST","detail":"A batch may have 3 calls at most, and this one has 4; "#
                        + #"send several batches.""#,
                    id: "null"
                )
        )
    }

    @Test func resultsThatMakeABatchTooLargeAreReplacedByErrors() async {
        let alias = String(repeating: "x", count: 140)
        let calls = [
            Self.call("graphql.execute", #"{"query":"{__typename}"}"#, id: "1"),
            Self.call("graphql.execute", #"{"query":"{\#(alias):__typename}"}"#, id: "2"),
            Self.call("nothing", id: "3"),
        ]
        let response = await response(to: "[\(calls.joined(separator: ","))]")
        let tooLarge = Self.failed(
            -32000,
            "The response would be larger than 200 bytes; ask for fewer rows or fields, or for fewer calls in a batch.",
            #""code":"RESPONSE_TOO_LARGE""#,
            id: "2"
        )
        let unknown = Self.failed(
            -32601,
            "Method not found",
            #""code":"METHOD_NOT_FOUND","detail":"There is no method \"nothing\"; the method \"rpc.discover\" lists all.""#,
            id: "3"
        )
        #expect(response == "[\(Self.result(#"{"data":{"__typename":"Query"}}"#)),\(tooLarge),\(unknown)]")
    }
}
