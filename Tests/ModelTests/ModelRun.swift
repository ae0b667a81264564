import Foundation
import Gateway
import GatewayTestSupport
import GraphQL
import JSON
import Sandbox
import Upstream

/// Plays a scenario: writes, and then queries whose responses are compared with the model's.
struct ModelRun: Sendable {
    let scenario: ModelScenario
    let sandbox: SandboxServer
    let gateway: GatewayUnderTest
    let variant: ModelData.Variant
    /// The gateway's clock; nil: no time passes but that by which budgets are counted.
    let clock: ModelClock?
    /// The faults that hit requests now.
    private(set) var faults = SandboxFaults()
    /// An object that fails whenever it is asked for.
    private var poison: ModelRow?
    /// What the sandbox held at first: cached pages may lack rows that the upstream has inserted since.
    private(set) var initial: ModelData?

    private static let rounds = 6
    private static let queries = 8
    private static let maximumDifferences = 5

    /// Plays the scenario of a seed, and returns what differs.
    static func differences(seed: UInt64) async throws -> [String] {
        let scenario = ModelScenario(seed: seed)
        let sandbox = try await SandboxServer.start(configuration: scenario.configuration)
        do {
            let schema = try schema(scenario)
            let upstream = "\(sandbox.baseURL)/api/v1"
            let clock = scenario.ages ? ModelClock() : nil
            var options = scenario.options
            if let clock { options.timeAhead = { clock.ahead } }
            let differences = try await GatewayUnderTest.run(
                schema: Source(schema),
                upstreams: ModelScenario.slugs.map { ($0, upstream) },
                options: options
            ) { gateway in
                let variant = ModelData.Variant(
                    behavior: scenario.configuration.behavior,
                    today: scenario.configuration.today.description
                )
                var run = ModelRun(
                    scenario: scenario,
                    sandbox: sandbox,
                    gateway: gateway,
                    variant: variant,
                    clock: clock
                )
                return try await run.play()
            }
            try await sandbox.shutdown()
            return differences
        } catch {
            try await sandbox.shutdown()
            throw error
        }
    }

    private static func schema(_ scenario: ModelScenario) throws -> String {
        let text = try RepositoryFile.schemaText()
        guard scenario.maxAge == 0 else { return text }
        return text.replacing(
            "maxAge: 30, staleWhileRevalidate: 30, staleIfError: 300",
            with: "maxAge: 0, staleWhileRevalidate: 0, staleIfError: 0"
        )
    }

    private mutating func play() async throws -> [String] {
        var names: [ModelName: String] = [:]
        var differences: [String] = []
        if scenario.isShifting { initial = data() }
        for round in 0..<Self.rounds {
            var numbers = ModelNumbers(seed: scenario.seed, stream: UInt64(100 + round))
            if round == 1 { beginFaults() }
            if round > 0 { differences += try await write(round, &numbers) }
            if !scenario.isShifting { differences += try await ask(round, &numbers, &names) }
            if round == scenario.revocationRound { differences += try await revoke(round, &numbers) }
            if round > 1 || scenario.isShifting, differences.isEmpty { differences += try await walk(round, &numbers) }
            guard differences.count < Self.maximumDifferences else { break }
        }
        return differences.isEmpty ? [] : ["what is played: \(scenario.description)"] + differences
    }

    private mutating func beginFaults() {
        faults = scenario.faults
        var numbers = ModelNumbers(seed: scenario.seed, stream: 99)
        if scenario.hasPoison, let client = numbers.pick(scenario.clients), let entry = numbers.pick(client.keys),
            let row = numbers.pick(data().all(numbers.chance(50) ? .issue : .project, entry))
        {
            poison = row
            faults.failures = [SandboxFailure(method: "GET", path: "/\(row.type.rawValue)/\(row.id)")]
        }
        sandbox.setFaults(faults)
    }

    /// What the sandbox holds now.
    func data() -> ModelData {
        ModelData(sandbox, keys: Set(scenario.clients.flatMap(\.keys)), variant: variant)
    }

    // MARK: - Queries

    /// Sends queries of several clients at once, and compares each response.
    private func ask(
        _ round: Int,
        _ numbers: inout ModelNumbers,
        _ names: inout [ModelName: String]
    ) async throws -> [String] {
        let data = data()
        var requests: [ModelRequest] = []
        for index in 0..<Self.queries {
            guard let client = numbers.pick(scenario.clients) else { continue }
            let stream = UInt64(10_000 + round * 100 + index)
            let own = ModelNumbers(seed: scenario.seed, stream: stream)
            var queries = ModelQueries(numbers: own, data: data, client: client, names: names)
            requests.append(ModelRequest(&queries, client: client))
        }
        var differences: [String] = []
        try await withThrowingTaskGroup(of: ([String], [ModelName: String]).self) { group in
            for request in requests {
                group.addTask { [self] in try await send(request, data) }
            }
            for try await (found, learned) in group {
                differences += found.map { "round \(round): \($0)" }
                names.merge(learned) { $1 }
            }
        }
        return differences
    }

    private func send(_ request: ModelRequest, _ data: ModelData) async throws -> ([String], [ModelName: String]) {
        let start = ContinuousClock.now
        let response = try await gateway.send(
            "POST",
            request.path,
            headers: request.client.headers,
            body: request.body
        )
        let time = ContinuousClock.now - start
        let parts = request.results(in: try response.json())
        var differences: [String] = []
        var names: [ModelName: String] = [:]
        let model = Model(data: data, client: request.client)
        var known: [String] = []
        for (part, selections) in parts {
            known += part.errors.map { "known error: \($0)" }
            let expected = model.expectation(selections, of: .query)
            differences += unexpectedErrors(part.errors, after: time, expected, asked: request.text)
            let comparison = ResponseComparison(part.data, errors: part.errors, expected: expected)
            differences += comparison.differences
            names.merge(comparison.names) { $1 }
        }
        guard !differences.isEmpty else { return ([], names) }
        let text =
            "\(request.text)\n    keys: \(request.client.keys.map(\.key))\n    "
            + (differences + known.prefix(3) + ["\(known.count) known errors"]).joined(separator: "\n    ")
        return ([text], names)
    }

    /// The errors that nothing explains.
    ///
    /// - Parameters:
    ///   - errors: the errors of a response.
    ///   - time: how long the request took.
    ///   - expected: what the response may show.
    ///   - text: what was asked.
    /// - Returns: those errors.
    func unexpectedErrors(
        _ errors: [JSONValue],
        after time: Duration = .zero,
        _ expected: Expectation = .any,
        asked text: String = ""
    ) -> [String] {
        var codes: Set<String> = []
        if scenario.hasFaults {
            codes = ["UPSTREAM_ERROR", "UPSTREAM_TIMEOUT", "UPSTREAM_INVALID_RESPONSE", "WORKSPACE_UNAVAILABLE"]
        }
        // That a count, or a row, is wrong is reported, and that rows have moved.
        if !variant.isRegular || !variant.countsRight || scenario.isShifting {
            codes.insert("UPSTREAM_INVALID_RESPONSE")
        }
        var unexpected: [JSONValue] = []
        var explained: Set<String> = []
        for error in errors {
            let code = error["extensions"]?["code"]?.stringValue ?? error["code"]?.stringValue ?? ""
            if codes.contains(code) { continue }
            // Of many errors the last one says only how many others there are, and of which code.
            let isRest = error["message"]?.stringValue?.hasSuffix("more errors were left out.") ?? false
            if isLongWait(error, after: time) || isPoison(error, code, expected, text) {
                explained.insert(code)
            } else if !isRest || !explained.contains(code) {
                unexpected.append(error)
            }
        }
        return unexpected.map { "error: \($0)" }
    }

    /// Whether the gateway would wait for longer than the sandbox's windows last, or than its request has time.
    ///
    /// It takes a window to last for a minute, as those of Workestra do, and holds back of it what those who are more urgent may
    /// need in a minute. Those of the sandbox last a second so that others are not waited for.
    ///
    /// - Parameters:
    ///   - error: the error.
    ///   - time: how long the request has taken.
    /// - Returns: whether it says so.
    func isLongWait(_ error: JSONValue, after time: Duration) -> Bool {
        let extensions = error["extensions"] ?? error
        guard scenario.isLimited, let code = extensions["code"]?.stringValue else { return false }
        let wait = Duration.seconds(extensions["retryAfter"]?.intValue ?? 0)
        // A wait is stated in whole seconds.
        let isLate = time + wait + .seconds(1) >= scenario.options.limits.timeout
        switch code {
        case "RATE_LIMITED": return isLate || wait > scenario.configuration.window * 3
        case "UPSTREAM_TIMEOUT": return isLate
        default: return false
        }
    }

    /// What the global ids in a text stand for: it is there, whether or not the object is.
    private static func globalIDs(in text: String) -> [String] {
        text.split { !$0.isLetter && !$0.isNumber && $0 != "-" && $0 != "_" }.compactMap { word in
            let base64 = word.replacing("-", with: "+").replacing("_", with: "/")
            let padding = String(repeating: "=", count: (4 - base64.count % 4) % 4)
            return Data(base64Encoded: base64 + padding).flatMap { String(data: $0, encoding: .utf8) }
        }
    }

    /// Whether nobody is shown an object any more.
    private func isDeleted(_ row: ModelRow) -> Bool {
        let data = data()
        return scenario.clients.flatMap(\.keys).filter { $0.slug == row.slug }
            .allSatisfy { data.object(row.type, row.id, $0) == nil }
    }

    /// Whether an error is that of the object which fails whenever it is asked for.
    private func isPoison(_ error: JSONValue, _ code: String, _ expected: Expectation, _ text: String) -> Bool {
        var codes = ["UPSTREAM_ERROR", "WORKSPACE_UNAVAILABLE"]
        // A page with a status of success states no error.
        if scenario.configuration.behavior.errors == .html { codes.append("UPSTREAM_INVALID_RESPONSE") }
        guard let poison, codes.contains(code) else { return false }
        let path = (error["path"]?.arrayValue ?? [])[...]
        // Objects that refer to it after it was deleted show that it fails, and not that it is gone.
        if isDeleted(poison), expected.isNull(at: path) { return true }
        // Whether rows of several workspaces can be sorted shows only the object where rows lack members that are null.
        if scenario.configuration.behavior.nulls == .omitted, expected.holds(poison.id, at: path) { return true }
        // It fails in every workspace, also where it is not. The selections of JSON-RPC are texts in a text.
        return text.contains("\"\(poison.id)\"") || text.contains("\\\"\(poison.id)\\\"")
            || Self.globalIDs(in: text).contains { $0.hasSuffix(":\(poison.id)") }
            || expected.shows(poison.id, along: path)
    }
}
