import GatewayTestSupport
import JSON
import Sandbox

extension ModelRun {
    /// Lets the upstream refuse a key for a while: when it has done so once, nothing is shown to who has it, and everything again
    /// when it accepts the key.
    func revoke(_ round: Int, _ numbers: inout ModelNumbers) async throws -> [String] {
        let behavior = scenario.configuration.behavior
        // Nobody knows that a success which states an error is a refusal, and a key without budget is refused for that.
        guard !scenario.hasFaults, !scenario.hasPoison, !scenario.isShifting, !scenario.isLimited,
            behavior.errorStatus == .real,
            let entry = numbers.pick(scenario.clients)?.keys.first,
            let issue = data().all(.issue, entry).first
        else { return [] }
        let client = ModelClient(keys: [entry])
        let query = """
            { issues(first: 100) { nodes { id title } totalCount } projects(first: 100) { nodes { id name } } \
            issue(id: \(JSONValue.string(issue.id))) { title project { name } } }
            """
        _ = try await results(of: query, client)
        sandbox.setRevoked([entry.key])
        defer { sandbox.setRevoked([]) }
        // Of this id nothing can be cached.
        let first = try await results(of: "{ issue(id: \"revoked_\(round)\") { title } }", client)
        guard Self.codes(of: first) == ["UNAUTHENTICATED"] else {
            return ["round \(round): a revoked key is not refused: \(first)"]
        }
        let second = try await results(of: query, client)
        let isShown = (second["data"]?.objectValue?.contains { !$0.1.isNull } ?? false)
        guard !isShown, Self.codes(of: second) == ["UNAUTHENTICATED"] else {
            return ["round \(round): a revoked key is shown: \(second)"]
        }
        sandbox.setRevoked([])
        let third = try await results(of: query, client)
        let failures = unexpectedErrors(third["errors"]?.arrayValue ?? [])
        guard failures.isEmpty else { return failures.map { "round \(round): after a key is accepted again: \($0)" } }
        return []
    }

    private func results(of query: String, _ client: ModelClient) async throws -> JSONValue {
        let body: JSONValue = ["query": .string(query)]
        return try await gateway.send("POST", "/graphql", headers: client.headers, body: body.serialized()).json()
    }

    private static func codes(of response: JSONValue) -> Set<String> {
        Set((response["errors"]?.arrayValue ?? []).map { $0["extensions"]?["code"]?.stringValue ?? "" })
    }
}
