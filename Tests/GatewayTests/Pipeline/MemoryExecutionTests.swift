import GatewayTestSupport
import GraphQL
import JSON
import Testing
import Upstream

@testable import Gateway

/// What is in memory is executed without waiting, and reported once.
@Suite(.timeLimit(.minutes(5))) struct MemoryExecutionTests {
    private static let sdl = """
        schema @upstream @cacheControl(maxAge: 600) { query: Query }
        type Query {
          things: [Thing] @rest(list: "/things")
          thing(id: ID!): Thing @rest(get: "/things/{id}")
          owner(id: ID!): Owner @rest(get: "/owners/{id}")
        }
        type Thing @entity(get: "/things/{id}") { id: ID! name: String owner: Owner @reference(key: "owner_id") }
        type Owner @entity(get: "/owners/{id}") { id: ID! name: String }
        """

    private static func response(_ path: String) -> (status: Int, body: String) {
        switch path {
        case "/things": (200, #"[{"id":"a","name":"A","owner_id":"o"},{"id":"b","name":"B","owner_id":"o"}]"#)
        case "/owners/o": (200, #"{"id":"o","name":"O"}"#)
        case "/owners/p": (200, #"{"id":"p","name":"P"}"#)
        default: (404, "{}")
        }
    }

    private static func service(_ transport: HeldTransport) throws -> GatewayService {
        transport.open()
        var configuration = try ServiceConfiguration.oneWorkspace(sdl, before: transport)
        // A cached result would take the place of each execution.
        configuration.resultBytes = 0
        return GatewayService(configuration)
    }

    private static func reply(to query: String, _ service: GatewayService) -> Reply<GraphQLResponse> {
        var caller = Caller(credential: Credential(key: "k"))
        caller.wantsReport = true
        return service.prepare(GraphQLRequest(query: query), for: caller).reply()
    }

    private static func calls(_ response: JSONValue) -> [JSONValue?] {
        let calls = response["extensions"]?["calls"]
        return [calls?["made"], calls?["cached"]]
    }

    @Test func cachedOperationRepliesAtOnce() async throws {
        let transport = HeldTransport(Self.response)
        let service = try Self.service(transport)
        let query = "{ things { id owner { name } } }"
        let first = try JSONValue(parsing: await Self.reply(to: query, service).value().body)
        #expect(Self.calls(first) == [2, 0])
        guard case .now(let response) = Self.reply(to: query, service) else {
            Issue.record("The request waits for something.")
            return
        }
        let second = try JSONValue(parsing: response.body)
        #expect(second["data"] == first["data"])
        #expect(Self.calls(second) == [0, 2])
        #expect(transport.paths == ["/things", "/owners/o"])
    }

    /// What is looked up in vain at first is counted when it is used.
    @Test func cachedResponsesAreReportedOnce() async throws {
        let transport = HeldTransport(Self.response)
        let service = try Self.service(transport)
        _ = await Self.reply(to: #"{ owner(id: "o") { name } }"#, service).value()
        let both = #"{ o: owner(id: "o") { name } p: owner(id: "p") { name } things { id } }"#
        guard case .later(let wait) = Self.reply(to: both, service) else {
            Issue.record("The second owner is in memory.")
            return
        }
        let response = try JSONValue(parsing: await wait().body)
        #expect(
            response["data"]
                == ["o": ["name": "O"], "p": ["name": "P"], "things": [["id": "a"], ["id": "b"]]]
        )
        #expect(Self.calls(response) == [2, 1])
        #expect(transport.paths.sorted() == ["/owners/o", "/owners/p", "/things"])
    }

    @Test func missingResponseIsFetchedOnce() async throws {
        let transport = HeldTransport(Self.response)
        let service = try Self.service(transport)
        for _ in 1...2 {
            let reply = Self.reply(to: #"{ thing(id: "x") { name } things { name } }"#, service)
            let response = try JSONValue(parsing: await reply.value().body)
            #expect(response["data"] == ["thing": nil, "things": [["name": "A"], ["name": "B"]]])
        }
        #expect(transport.paths.filter { $0 == "/things" }.count == 1)
    }
}
