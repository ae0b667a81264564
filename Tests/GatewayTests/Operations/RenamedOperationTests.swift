import GatewayTestSupport
import GraphQL
import JSON
import Testing
import Upstream

@testable import Gateway

/// Operations that differ from a valid one in their aliases: their responses are those that they would have by themselves.
@Suite struct RenamedOperationTests {
    private static let sdl = """
        schema @upstream @cacheControl(maxAge: 60) { query: Query }
        type Query {
          things: [Thing!]! @rest(list: "/things")
          thing(id: ID!): Thing @rest(get: "/things/{id}")
          failing: [Thing!] @rest(list: "/failing")
        }
        type Thing @entity(get: "/things/{id}") { id: ID! name: String owner: Owner @reference(key: "owner_id") }
        type Owner @entity(get: "/owners/{id}") { id: ID! name: String }
        """

    private func service(
        resultBytes: Int = 1 << 20,
        limits: RequestLimits = RequestLimits()
    ) throws -> GatewayService {
        let upstream = HeldTransport { path in
            switch path {
            case "/things": (200, #"[{"id":"a","name":"A","owner_id":"o"},{"id":"b","name":null,"owner_id":"o"}]"#)
            case "/things/a": (200, #"{"id":"a","name":"A","owner_id":"o"}"#)
            case "/owners/o": (200, #"{"id":"o","name":"O"}"#)
            case "/failing": (200, #"[{"id":"c","name":{"no":"text"}},{"name":"D"},7]"#)
            default: (404, "")
            }
        }
        upstream.open()
        var configuration = try ServiceConfiguration.oneWorkspace(Self.sdl, before: upstream)
        configuration.limits = limits
        configuration.resultBytes = resultBytes
        return GatewayService(configuration)
    }

    private func respond(
        _ service: GatewayService,
        _ query: String,
        _ variables: JSONObject = [:],
        name: String? = nil
    ) async -> String {
        let request = GraphQLRequest(query: query, operationName: name, variables: variables)
        let response = await service.respond(to: request, caller: Caller(credential: Credential(key: "k")))
        return String(decoding: response.body, as: UTF8.self)
    }

    /// Queries with `1`, `2` and `3` in place of aliases.
    static let patterns = [
        "{ 1: things { 2: id 3: name owner { 1: name 2: id } } }",
        "query($id: ID!) { 1: thing(id: $id) { 1: id 2: name } 3: thing(id: \"a\") { 2: name } }",
        "query Q($c: Boolean!) { 1: things @include(if: $c) { 2: id } 3: things @skip(if: $c) { 1: name } }",
        "{ 1: things { ...F } } fragment F on Thing { 2: id ... on Thing { 3: name } }",
        "query A { 1: things { 2: id } } query Q { 3: things { 1: name } }",
        "{ 1: thing(id: \"missing\") { 2: id } 3: things { id } }", "{ 1: __typename 2: things { 3: __typename } }",
        "{ 1: things { 2: nothing } }", "query($id: ID!) { 1: thing(id: $id) { 2: id(3: 1) } }",
        "{ 1: __schema { 2: queryType { 3: name } } 2: things { id } }",
        "query($i: ID) {\n 1: things { 2: id }\n\n 3: thing(id: $i) { 2: owner { 1: name } } }",
        "{ 1: failing { 2: id }\n# a comment\n 3: failing { 1: name\n 2: id } }",
    ]

    @Test(arguments: patterns) func renamedOperationsHaveTheResponsesOfAnEmptyCache(pattern: String) async throws {
        let (cached, executed) = (try service(), try service(resultBytes: 0))
        let names = ["one", "b", "id", "long_alias_of_a_field", "name", "things"]
        for round in 0..<3 {
            for (position, first) in names.enumerated() {
                let (second, third) = (names[(position + 1 + round) % 6], names[(position + 3 + round) % 6])
                let query = pattern.replacing("1:", with: "\(first):").replacing("2:", with: "\(second):")
                    .replacing("3:", with: "\(third):")
                for variables: JSONObject in [["id": "a", "c": true], ["id": "b", "c": false], ["c": "wrong"]] {
                    let name = pattern.contains("query Q") ? "Q" : nil
                    // A service that has seen no other text does not know its shape.
                    let expected = await respond(try service(), query, variables, name: name)
                    #expect(await respond(cached, query, variables, name: name) == expected, "\(query)")
                    #expect(await respond(executed, query, variables, name: name) == expected, "\(query)")
                }
            }
        }
    }

    @Test func aliasesThatDifferEachTimeAreNotValidatedEachTime() async throws {
        let service = try service()
        for number in 0..<40 {
            let response = await respond(service, "{ t\(number): things { n\(number): name } }")
            #expect(response == #"{"data":{"t\#(number)":[{"n\#(number)":"A"},{"n\#(number)":null}]}}"#)
        }
        #expect(service.operations.preparations < 6)
        #expect(service.resultUse.reuses > 30)
    }

    @Test func aliasesThatDifferAreNotValidatedEachTimeWithoutCachedResults() async throws {
        let service = try service(resultBytes: 0)
        for number in 0..<40 {
            let response = await respond(service, "{ t\(number): things { n\(number): name } }")
            #expect(response == #"{"data":{"t\#(number)":[{"n\#(number)":"A"},{"n\#(number)":null}]}}"#)
        }
        #expect(service.operations.preparations < 6)
    }

    @Test func aRefusalNamesThePathsOfTheOwnText() async throws {
        var limits = RequestLimits()
        limits.maximumCalls = 1
        let service = try service(limits: limits)
        for name in ["one", "two", "three", "four", "five"] {
            let query = "{ a: things { \(name): owner { name } } b: things { \(name): owner { id } } }"
            let response = await respond(service, query)
            #expect(response.contains(#""a.\#(name)""#), "\(response)")
        }
    }
}
