import Foundation
import GatewayTestSupport
import JSON
import Sandbox
import Upstream

extension ModelRun {
    private static let writes = 3

    /// Changes some objects, in one of several ways; returns what differs.
    func write(_ round: Int, _ numbers: inout ModelNumbers) async throws -> [String] {
        let canBeExternal = scenario.seesOthers
        var differences: [String] = []
        for number in 0..<numbers.number(0...Self.writes) {
            guard let client = numbers.pick(scenario.clients), let write = ModelWrite(&numbers, data(), client) else {
                continue
            }
            if canBeExternal, numbers.chance(40) {
                try await sendPastGateway(write)
            } else {
                let readers = numbers.chance(30) ? storm(&numbers, round * 10 + number) : []
                async let reads: Void = send(readers)
                differences += try await send(write, client).map { "round \(round): \($0)" }
                try await reads
            }
        }
        return differences
    }

    /// Requests that run beside a write; what they show is not compared, but must not harm later ones.
    private func storm(_ numbers: inout ModelNumbers, _ stream: Int) -> [ModelRequest] {
        let data = data()
        return (0..<4).compactMap { index in
            guard let client = numbers.pick(scenario.clients) else { return nil }
            let own = ModelNumbers(seed: scenario.seed, stream: UInt64(50_000 + stream * 10 + index))
            var queries = ModelQueries(numbers: own, data: data, client: client, names: [:])
            return ModelRequest(&queries, client: client)
        }
    }

    private func send(_ requests: [ModelRequest]) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for request in requests {
                group.addTask { [gateway] in
                    _ = try await gateway.send(
                        "POST",
                        request.path,
                        headers: request.client.headers,
                        body: request.body
                    )
                }
            }
            try await group.waitForAll()
        }
    }

    /// Writes through the gateway, and compares what it shows with what the sandbox holds then.
    private func send(_ write: ModelWrite, _ client: ModelClient) async throws -> [String] {
        let before = data()
        let selection = write.selection(alias: "w")
        let request = write.gatewayRequest(alias: "w")
        let text = String(decoding: request.body, as: UTF8.self)
        var headers = client.headers
        if write.isRepeated { headers.append(("Idempotency-Key", "\"\(UUID().uuidString)\"")) }
        let start = ContinuousClock.now
        let sent = try await gateway.send("POST", request.path, headers: headers, body: request.body)
        let time = ContinuousClock.now - start
        let response =
            request.path == ModelRequest.toolPath ? ModelRequest.reply(ofTool: try sent.json()) : try sent.json()
        let after = data()
        let errors = response["errors"]?.arrayValue ?? (response["error"]?["data"]).map { [$0] } ?? []
        guard errors.isEmpty else { return unexpectedWriteErrors(errors, after: time).map { "\(text)\n    \($0)" } }
        if write.isRepeated {
            let again = try await gateway.send("POST", request.path, headers: headers, body: request.body)
            guard again.body == sent.body else { return ["\(text)\n    again: \(again.text)\n    first: \(sent.text)"] }
            // Where rows move while lists are read, reads beside the write change some too.
            guard scenario.isShifting || data().version == after.version else {
                return ["\(text)\n    is carried out twice"]
            }
        }
        let row = written(write, before, after)
        let differences = ResponseComparison(
            response["data"]?["w"] ?? response["result"] ?? .null,
            errors: [],
            expected: expectation(selection, write, row, Model(data: after, client: client))
        ).differences
        return differences.map { "\(text)\n    \($0)" }
    }

    private func written(_ write: ModelWrite, _ before: ModelData, _ after: ModelData) -> ModelRow? {
        if let id = write.id { return after.all(write.type, write.entry).first { $0.id == id } }
        let known = Set(before.all(write.type, write.entry).map(\.id))
        let created = after.all(write.type, write.entry).filter { !known.contains($0.id) }
        // Where rows are inserted while pages are read, others are new too.
        let own = created.first { row in
            write.members.allSatisfy { isStored($1, as: row.row.stored[$0] ?? .null) }
        }
        return own ?? created.first
    }

    private func expectation(
        _ selection: ModelSelection,
        _ write: ModelWrite,
        _ row: ModelRow?,
        _ model: Model
    ) -> Expectation {
        guard let row else { return .value("an object that was written") }
        for (name, value) in write.members where !isStored(value, as: row.row.stored[name] ?? .null) {
            return .value(.string("\(name) was written as \(row.row.stored[name] ?? .null)"))
        }
        guard write.kind != .delete else {
            return row.row.isTrashed ? .object([("deletedId", .value(.string(row.id)))]) : .value("a deleted object")
        }
        return .object(
            selection.selections.map { field in
                (field.responseName, model.expectation(field.selections, of: .object(row, write.entry)))
            }
        )
    }

    /// Whether a value was written as it was sent; of objects only the members that were sent change.
    private func isStored(_ sent: JSONValue, as stored: JSONValue) -> Bool {
        guard case .object(let members) = sent else { return sent.description == stored.description }
        return members.allSatisfy { name, value in
            let stored = stored[name] ?? .null
            // An amount of money is one value.
            return value.description == stored.description
        }
    }

    private func unexpectedWriteErrors(_ errors: [JSONValue], after time: Duration) -> [String] {
        let behavior = scenario.configuration.behavior
        var codes: Set<String> = []
        // The payload shows the object, which may be the one that cannot be read.
        if scenario.hasFaults || scenario.hasPoison {
            codes = [
                "UPSTREAM_OUTCOME_UNKNOWN", "UPSTREAM_ERROR", "UPSTREAM_INVALID_RESPONSE", "WORKSPACE_UNAVAILABLE",
            ]
        }
        // What was made is not known then.
        if behavior.writeResponse == .empty { codes.insert("UPSTREAM_INVALID_RESPONSE") }
        return errors.filter { error in
            let code = error["extensions"]?["code"] ?? error["code"]
            return !codes.contains(code?.stringValue ?? "") && !isLongWait(error, after: time)
        }.map { "error: \($0)" }
    }

    /// Does as somebody does who does not use the gateway.
    func sendPastGateway(_ write: ModelWrite) async throws {
        let transport = try CurlTransport()
        let request = write.request
        sandbox.setFaults(SandboxFaults())
        _ = await transport.send([
            TransportRequest(
                method: request.method,
                url: "\(sandbox.baseURL)/api/v1\(request.path)",
                headers: [("Authorization", "Bearer \(write.entry.key)"), ("Content-Type", "application/json")],
                body: write.kind == .delete ? nil : JSONValue.object(write.members).serialized(),
                timeout: .seconds(60)
            )
        ])
        await transport.shutDown()
        sandbox.setFaults(faults)
        // What others have written is seen when everything cached has become too old.
        clock?.advance(by: scenario.agingTime)
    }
}
