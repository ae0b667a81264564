import GatewayTestSupport
import JSON
import Sandbox

extension ModelRun {
    private static let maximumPages = 200

    /// Reads a list from window to window while others write, and returns what is missing or shown twice.
    ///
    /// Rows that were there throughout, and were not written, are shown exactly once.
    func walk(_ round: Int, _ numbers: inout ModelNumbers) async throws -> [String] {
        guard let client = numbers.pick(scenario.clients) else { return [] }
        let sort = numbers.pick(["created_at", "updated_at", "id"]) ?? "created_at"
        let isDescending = numbers.chance(50)
        let list = ModelList(
            type: .issue,
            keys: client.keys,
            conditions: [],
            onlyOverdue: false,
            sort: sort,
            isDescending: isDescending
        )
        let size = numbers.pick([7, 25, 50, 100]) ?? 25
        let before = initial ?? data()
        var shown: [String] = []
        var writes: [String] = []
        var cursor: String?
        for page in 0..<Self.maximumPages {
            let after = cursor.map { ", after: \(JSONValue.string($0))" } ?? ""
            let text = """
                { issues(sort: "\(sort)", order: \(isDescending ? "DESC" : "ASC"), first: \(size)\(after)) \
                { nodes { id workspace { slug } } pageInfo { hasNextPage endCursor } } }
                """
            let body = JSONValue.object(JSONObject([("query", .string(text))])).serialized()
            let start = ContinuousClock.now
            let response = try await gateway.send("POST", "/graphql", headers: client.headers, body: body).json()
            let time = ContinuousClock.now - start
            let window = response["data"]?["issues"]
            // Which of several workspaces is missing is unknown: another walk will come.
            guard response["errors"] == nil else {
                return unexpectedErrors(response["errors"]?.arrayValue ?? [], after: time)
            }
            shown += (window?["nodes"]?.arrayValue ?? []).map { node in
                "issues/\(node["workspace"]?["slug"]?.stringValue ?? "")/\(node["id"]?.stringValue ?? "")"
            }
            let goesOn = window?["pageInfo"]?["hasNextPage"] == true
            cursor = window?["pageInfo"]?["endCursor"]?.stringValue
            guard goesOn else { break }
            guard cursor != nil, page < Self.maximumPages - 1 else {
                return ["round \(round): walk \(text) does not end"]
            }
            guard page < 3, numbers.chance(40),
                let write = ModelWrite(&numbers, data(), client)
            else { continue }
            let isExternal = scenario.seesOthers && numbers.chance(50)
            writes.append(
                "after \(page + 1) windows \(isExternal ? "others" : "somebody"): \(write.kind) \(write.key) \(write.members)"
            )
            if isExternal {
                try await sendPastGateway(write)
            } else {
                let text = "mutation { \(write.selection(alias: "w").document) }"
                let body = JSONValue.object(JSONObject([("query", .string(text))])).serialized()
                _ = try await gateway.send("POST", "/graphql", headers: client.headers, body: body)
            }
        }
        return compare(shown, list, before, data()).map {
            "round \(round): walk by \(size) over \(list), keys \(client.keys.map(\.key)): \($0)"
                + writes.map { "\n    \($0)" }.joined()
        }
    }

    private func compare(_ shown: [String], _ list: ModelList, _ before: ModelData, _ after: ModelData) -> [String] {
        let first = before.rows(of: list)
        let last = Dictionary(uniqueKeysWithValues: after.rows(of: list).map { ($0.key, $0.row.revision) })
        let steady = first.filter { last[$0.key] == $0.row.revision }.map(\.key)
        var counts: [String: Int] = [:]
        for key in shown { counts[key, default: 0] += 1 }
        let missing = steady.filter { counts[$0] == nil }
        let twice = steady.filter { (counts[$0] ?? 0) > 1 }
        let known = Set(steady)
        let order = shown.filter { known.contains($0) }
        var differences: [String] = []
        if !missing.isEmpty {
            differences.append("\(missing.count) of \(steady.count) rows are not shown: \(missing.prefix(3))")
        }
        if !twice.isEmpty { differences.append("\(twice.count) rows are shown twice: \(twice.prefix(3))") }
        if differences.isEmpty, order != steady { differences.append("the order differs") }
        return differences
    }
}
