import Caching
import GraphQL
import JSON
import TestSupport
import Testing

@testable import Upstream

/// Lists of several workspaces of which one does not respond, or refuses to.
@Suite(.timeLimit(.minutes(15))) struct MergedFailureTests {
    private static let sdl = """
        schema
          @upstream(
            items: "data", total: "count", page: "page", perPage: "size", maxPerPage: 2
            sort: "sort", order: "order", defaultSort: "id", defaultOrder: "asc"
          ) { query: Query }
        type Query { books(first: Int, sort: String, order: String): Books @rest(list: "/books{?sort,order}") }
        type Books { nodes: [Book!]! pageInfo: PageInfo! totalCount: Int }
        type PageInfo { hasNextPage: Boolean! }
        type Book @entity(get: "/books/{id}", list: "/books") { id: ID! }
        """

    /// Reads the books of the workspaces `fast`, which has four, and `other`.
    private func run(_ transport: ScriptedTransport, _ clock: ManualClock) async throws -> JSONValue {
        let bound = try BoundSchema(Self.sdl)
        try #require(bound.errors == [])
        let workspaces = ["fast", "other"].enumerated().map { index, slug in
            Workspace(
                index: index,
                slug: slug,
                client: UpstreamClient(baseURL: "\(ScriptedTransport.baseURL)/\(slug)/", transport: transport),
                conventions: bound.table.conventions,
                allowance: .unlimited,
                now: { clock.now },
                schedule: { clock.schedule($0, $1) }
            )
        }
        let broker = CallBroker(workspaces: workspaces, now: { clock.now }, schedule: { clock.schedule($0, $1) })
        let context = CallContext(
            credentials: ["Bearer a", "Bearer b"].map { Credential(authorization: $0) },
            deadline: clock.now + .seconds(30),
            caller: CallerID("test")
        )
        return try await bound.run(
            "{ books(first: 10) { nodes { id } totalCount } }",
            variables: JSONObject(),
            for: CallSession(broker: broker, context: context)
        )
        .response
    }

    private static func page(_ path: String) -> ScriptedTransport.Outcome {
        let ids = path.contains("page=1") ? [1, 2] : [3, 4]
        return .json(#"{"data":[\#(ids.map { #"{"id":"\#($0)"}"# }.joined(separator: ","))],"count":4}"#)
    }

    private func ids(_ response: JSONValue) -> [String?] {
        (response["data"]?["books"]?["nodes"]?.arrayValue ?? []).map { $0["id"]?.stringValue }
    }

    private func errors(_ response: JSONValue) -> [JSONValue] {
        (response["errors"]?.arrayValue ?? []).map { error in
            [error["extensions"]?["code"] ?? .null, error["extensions"]?["workspace"] ?? .null]
        }
    }

    @Test func unresponsiveWorkspaceLeavesTheOthersRows() async throws {
        let (latch, clock) = (Latch(), ManualClock())
        let transport = ScriptedTransport { path in
            guard path.hasPrefix("/other/") else { return Self.page(path) }
            await latch.wait()
            return .broken(.timedOut)
        }
        let response = Task { try await run(transport, clock) }
        await latch.arrivals(reach: 1)
        while !transport.paths.contains(where: { $0.hasPrefix("/fast/") }), !Task.isCancelled { await Task.yield() }
        // The merge waits for half of the time.
        while clock.timers == 0, !Task.isCancelled { await Task.yield() }
        clock.advance(by: .seconds(16))
        // The second page of the other one does not wait for the response.
        while !transport.paths.contains(where: { $0.contains("page=2") }), !Task.isCancelled { await Task.yield() }
        clock.advance(by: .seconds(15))
        latch.open()
        let value = try await response.value
        #expect(ids(value) == ["1", "2", "3", "4"])
        #expect(value["data"]?["books"]?["totalCount"] == .null)
        #expect(errors(value) == [["UPSTREAM_TIMEOUT", "other"]])
    }

    @Test(arguments: [(404, "NOT_FOUND"), (403, "FORBIDDEN"), (400, "BAD_USER_INPUT")])
    func refusingWorkspaceIsNamed(status: Int, code: String) async throws {
        let transport = ScriptedTransport { path in path.hasPrefix("/other/") ? .status(status, "") : Self.page(path) }
        let value = try await run(transport, ManualClock())
        #expect(ids(value) == ["1", "2", "3", "4"])
        #expect(errors(value) == [[.string(code), "other"]])
    }

    /// Its rows are there.
    @Test func contradictoryWorkspaceIsNotNamedAsFailed() async throws {
        let transport = ScriptedTransport { path in
            guard path.hasPrefix("/other/") else { return Self.page(path) }
            return .json(path.contains("page=1") ? #"{"data":[{"id":"7"}],"count":9}"# : #"{"data":[],"count":9}"#)
        }
        let value = try await run(transport, ManualClock())
        #expect(ids(value) == ["1", "2", "3", "4", "7"])
        #expect(errors(value) == [["UPSTREAM_INVALID_RESPONSE", nil]])
    }
}
