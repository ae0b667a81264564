import GatewayTestSupport
import GraphQL
import JSON
import Testing
import Upstream

@testable import Gateway

/// Equal operations at the same time are executed once, and each has its own response.
@Suite(.timeLimit(.minutes(15))) struct SharedExecutionTests {
    private static let sdl = """
        schema @upstream { query: Query }
        type Query { things: [Thing] @rest(get: "/things") other: [Thing] @rest(get: "/other") }
        type Thing @entity(get: "/things/{id}") { id: ID! name: String size: Int owner: Owner @reference(key: "owner_id") }
        type Owner @entity(get: "/owners/{id}") { id: ID! name: String }
        """

    private static func response(_ path: String) -> (status: Int, body: String) {
        switch path {
        case "/things": (200, #"[{"id":"a","name":"A","size":1,"owner_id":"o"}]"#)
        case "/owners/o": (200, #"{"id":"o","name":"O"}"#)
        default: (500, "")
        }
    }

    private func service(
        _ transport: HeldTransport,
        options: CallOptimizations = CallOptimizations()
    ) throws -> GatewayService {
        var configuration = try ServiceConfiguration.oneWorkspace(Self.sdl, before: transport)
        configuration.optimizations = options
        return GatewayService(configuration)
    }

    private func ask(_ query: String, _ service: GatewayService, key: String = "k") -> Task<JSONValue, any Error> {
        var caller = Caller(credential: Credential(key: key))
        caller.wantsReport = true
        return Task { [caller] in
            try JSONValue(parsing: await service.respond(to: GraphQLRequest(query: query), caller: caller).body)
        }
    }

    @Test func operationsThatDifferInAliasesAloneAreExecutedOnce() async throws {
        let transport = HeldTransport(Self.response)
        let service = try service(transport)
        let first = ask("{ things { id name } }", service)
        await transport.requests(reach: 1)
        let others = (0..<20).map { ask("{ t\($0): things { id n\($0): name } }", service) }
        while service.sharedExecutions.followerCount < 20, !Task.isCancelled { await Task.yield() }
        transport.open()
        #expect(try await first.value["data"] == ["things": [["id": "a", "name": "A"]]])
        for (number, other) in others.enumerated() {
            let response = try await other.value
            #expect(response["data"] == ["t\(number)": [["id": "a", "n\(number)": "A"]]])
            #expect(response["extensions"]?["calls"]?["made"] == 0)
            #expect(response["extensions"]?["calls"]?["shared"] == 1)
        }
        #expect(transport.paths == ["/things"])
        #expect(service.sharedExecutions.followerCount == 0)
    }

    @Test(arguments: [
        ("{ things { id size } }", "k"), ("{ things { id name } }", "other"), ("{ other { id name } }", "k"),
    ])
    func differentOperationsAreExecutedSeparately(query: String, key: String) async throws {
        let transport = HeldTransport { path in (200, path == "/other" ? "[]" : #"[{"id":"a","name":"A","size":1}]"#) }
        let service = try service(transport)
        let first = ask("{ things { id name } }", service)
        await transport.requests(reach: 1)
        let second = ask(query, service, key: key)
        // It shares the call of the first, or has one of its own; either way nothing follows the first execution.
        if key == "k", query.contains("things") {
            transport.open()
        } else {
            await transport.requests(reach: 2)
            transport.open()
        }
        #expect(try await first.value["data"] == ["things": [["id": "a", "name": "A"]]])
        #expect(try await second.value["errors"] == nil)
        #expect(try await second.value["data"]?["things"]?[0]?["size"] == (query.contains("size") ? 1 : nil))
    }

    /// What begins after the first upstream response has its own, which may be newer.
    @Test func anOperationAfterTheFirstResponseIsExecutedByItself() async throws {
        let transport = HeldTransport(Self.response)
        let service = try service(transport)
        let first = ask("{ things { id owner { name } } }", service)
        await transport.requests(reach: 1)
        transport.releaseHeld()
        await transport.requests(reach: 2)
        let second = ask("{ things { id owner { name } } }", service)
        await transport.requests(reach: 3)
        transport.open()
        let data: JSONValue = ["things": [["id": "a", "owner": ["name": "O"]]]]
        #expect(try await first.value["data"] == data)
        #expect(try await second.value["data"] == data)
        #expect(transport.paths.prefix(3) == ["/things", "/owners/o", "/things"])
    }

    @Test func anExecutionWithErrorsIsNotShared() async throws {
        let transport = HeldTransport { _ in (404, "") }
        let service = try service(transport)
        let requests = [ask("{ other { id } }", service), ask("{ other { id } }", service)]
        await transport.requests(reach: 1)
        transport.open()
        let responses = [try await requests[0].value, try await requests[1].value]
        #expect(responses[0]["data"] == ["other": nil])
        #expect(responses[0]["data"] == responses[1]["data"])
        #expect(responses[0]["errors"] == responses[1]["errors"])
    }

    @Test func withoutDeduplicationEachOperationIsExecuted() async throws {
        var options = CallOptimizations()
        options.deduplication = false
        let transport = HeldTransport(Self.response)
        let service = try service(transport, options: options)
        let requests = (0..<3).map { _ in ask("{ things { id name } }", service) }
        await transport.requests(reach: 3)
        transport.open()
        for request in requests {
            #expect(try await request.value["data"] == ["things": [["id": "a", "name": "A"]]])
        }
    }

    @Test func aRequestThatIsCancelledLeavesTheOthersTheirResult() async throws {
        let transport = HeldTransport(Self.response)
        let service = try service(transport)
        let first = ask("{ things { id name } }", service)
        await transport.requests(reach: 1)
        let second = ask("{ things { id name } }", service)
        while service.sharedExecutions.followerCount < 1, !Task.isCancelled { await Task.yield() }
        first.cancel()
        transport.open()
        #expect(try await second.value["data"] == ["things": [["id": "a", "name": "A"]]])
    }
}
