import GatewayTestSupport
import GraphQL
import JSON
import JSONRPC
import Testing

@testable import Gateway
@testable import Upstream

/// Budgets of keys as callers and operators see them.
@Suite struct QuotaReportTests {
    /// A budget, and how it is shown.
    static let budgets: [(status: BudgetStatus, shown: JSONValue)] = [
        (
            BudgetStatus(kind: .read, limit: 100, remaining: 97, waiting: 2),
            ["kind": "read", "limit": 100, "used": 3, "remaining": 97, "waiting": 2]
        ),
        // What the upstream has granted beyond its limit is not spent backwards.
        (
            BudgetStatus(kind: .write, limit: 10, remaining: 12, waiting: 0),
            ["kind": "write", "limit": 10, "used": 0, "remaining": 12, "waiting": 0]
        ),
        // What is not known is left out.
        (
            BudgetStatus(kind: .read, limit: 100, remaining: nil, waiting: 1),
            ["kind": "read", "limit": 100, "waiting": 1]
        ),
        (BudgetStatus(kind: .write, limit: nil, remaining: 5, waiting: 0), ["kind": "write", "waiting": 0]),
        (
            BudgetStatus(
                kind: .read,
                limit: 100,
                remaining: 0,
                waiting: 4,
                lanes: [
                    LaneStatus(name: "people", share: 60, calls: 90, waiting: 0),
                    LaneStatus(name: "agents", share: 15, calls: 10, waiting: 4),
                ]
            ),
            [
                "kind": "read", "limit": 100, "used": 100, "remaining": 0, "waiting": 4,
                "lanes": [
                    ["name": "people", "share": 60, "calls": 90, "waiting": 0],
                    ["name": "agents", "share": 15, "calls": 10, "waiting": 4],
                ],
            ]
        ),
    ]

    @Test(arguments: budgets.indices) func aBudgetShowsWhatIsKnownOfIt(position: Int) throws {
        let (status, shown) = Self.budgets[position]
        let credential = Credential(key: "wsk_secret")
        let report = QuotaReport.key(KeyStatus(credential: credential, budgets: [status], resetsAt: 1_700_000_000))
        let fingerprint = try #require(credential.fingerprint)
        #expect(report == ["key": .string(fingerprint), "resetsAt": 1_700_000_000, "budgets": [shown]])
        #expect(!String(decoding: report.serialized(), as: UTF8.self).contains("wsk_secret"))
    }

    @Test func theEndOfAMinuteIsLeftOutIfItIsNotKnown() {
        let report = QuotaReport.key(KeyStatus(credential: Credential(key: "k"), budgets: [], resetsAt: nil))
        #expect(report.objectValue?.keys.map { $0 } == ["key", "budgets"])
    }

    // MARK: - The report of a caller

    private static let sdl = """
        schema @upstream { query: Query }
        type Query { thing(id: ID!): Thing @rest(get: "/things/{id}") @rpc(method: "things.get") }
        type Thing { id: ID! }
        """

    private func service(_ directory: ClientDirectory? = nil, keys: [String?]) throws -> RPCService {
        let upstream = HeldTransport { path in (200, #"{"id":"\#(path.split(separator: "/").last ?? "")"}"#) }
        upstream.open()
        let workspaces = keys.enumerated().map { number, key in
            WorkspaceConfiguration(
                slug: "w\(number)",
                baseURL: "http://upstream",
                credential: key.map { Credential(key: $0) }
            )
        }
        let schema = try LoadedSchema(Source(Self.sdl))
        var configuration = ServiceConfiguration(schema: schema, workspaces: workspaces, transport: upstream)
        configuration.directory = directory
        return RPCService(service: GatewayService(configuration))
    }

    private func report(_ service: RPCService, _ caller: Caller) async throws -> JSONValue? {
        let message = Array(#"{"jsonrpc":"2.0","method":"quota.report","id":1}"#.utf8)
        let response = await service.respond(to: message, caller: caller).value()
        return try JSONValue(parsing: response.body ?? [])["result"]?["workspaces"]
    }

    @Test func aCallerSeesTheWorkspacesThatItHasKeysFor() async throws {
        let service = try service(keys: [nil, nil, "configured"])
        var caller = Caller(credential: Credential(key: "own"))
        #expect(try await report(service, caller) == [["workspace": "w0"], ["workspace": "w2"]])
        caller.setKey("mine", forWorkspace: "w1")
        #expect(try await report(service, caller) == [["workspace": "w0"], ["workspace": "w1"], ["workspace": "w2"]])
    }

    @Test func aKeyHasBudgetsOnceItIsUsedAndOthersDoNotSeeThem() async throws {
        let service = try service(keys: [nil])
        let caller = Caller(credential: Credential(key: "own"))
        let call = Array(#"{"jsonrpc":"2.0","method":"things.get","params":["a"],"id":1}"#.utf8)
        _ = await service.respond(to: call, caller: caller).value()
        let fingerprint = try #require(Credential(key: "own").fingerprint)
        let own = try await report(service, caller)
        #expect(own?[0]?["workspace"] == "w0")
        #expect(own?[0]?["key"] == .string(fingerprint))
        #expect(own?[0]?["budgets"]?.arrayValue?.map { $0["kind"] } == ["read", "write"])
        #expect(try await report(service, Caller(credential: Credential(key: "other"))) == [["workspace": "w0"]])
    }

    @Test func aClientSeesItsOwnWorkspacesAlone() async throws {
        let client = GatewayClient(name: "a", workspaces: ["w1"])
        let service = try service(ClientDirectory([]), keys: ["one", "two"])
        var caller = Caller()
        caller.become(client)
        #expect(try await report(service, caller) == [["workspace": "w1"]])
    }
}
