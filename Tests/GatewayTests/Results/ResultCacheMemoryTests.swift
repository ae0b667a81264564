import Foundation
import GraphQL
import JSON
import Testing
import Upstream

@testable import Gateway

/// What cached results take up, in a process of its own: as much as their cache counts.
@Suite struct ResultCacheMemoryTests {
    @Test func aCacheOfResultsTakesUpWhatItCounts() async {
        await #expect(processExitsWith: .success) { try MeasuredResults.aCacheOfResultsTakesUpWhatItCounts() }
    }
}

/// What the process of the test does.
private enum MeasuredResults {
    static let capacity = 8 << 20

    static var residentBytes: Int {
        let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        let fields = text.split(separator: " ").compactMap { Int($0) }
        return fields.count > 1 ? fields[1] * sysconf(Int32(_SC_PAGESIZE)) : 0
    }

    /// Caches a result for each of many queries.
    static func fill(_ cache: ResultCache, count: Int) throws {
        let sdl = #"type Query { a(n: Int): A @rest(get: "/a") } type A { b: String }"#
        let executable = try LoadedSchema(Source(sdl)).executable
        let broker = CallBroker(workspaces: [])
        var counts = CallReport.Counts()
        counts.freshFor = .seconds(3600)
        for index in 0..<count {
            let session = CallSession(
                broker: broker,
                context: CallContext(
                    credentials: [Credential(key: "wsk_live_0123456789abcdef0123456789abcdef\(index % 10)")],
                    deadline: .now,
                    caller: .anonymous
                )
            )
            let document = try Document(
                parsing: Source("{ a(n: \(index)) { b other: b third: b } }"),
                limits: .standard
            )
            guard case .operation(let operation)? = document.definitions.first else { return }
            let variables = VariableValues()
            let plan = try Planner.plan(
                operation,
                fragments: [:],
                conditions: Conditions([], from: variables),
                source: document.source,
                executable: executable
            )
            let execution = Execution(plan: plan, variables: variables)
            guard let key = ResultKey(execution.context, for: session, configuredRevision: 0, at: .now) else { return }
            let value = Array(#"{"b":"some text","other":"some text","third":"some text"}"#.utf8)
            let data = SerializedResult(only: value, of: plan)
            cache.store(ReusedResult(data: data, estimate: OperationEstimate(), report: counts), for: key)
        }
    }

    static func aCacheOfResultsTakesUpWhatItCounts() throws {
        // What is made once and stays is not the cache's.
        try fill(ResultCache(capacity: 1 << 20), count: 2000)
        let before = residentBytes
        let cache = ResultCache(capacity: capacity)
        try fill(cache, count: 15_000)
        let bytes = residentBytes - before
        let cost = cache.cost
        #expect(cost <= capacity)
        #expect(cost >= capacity / 8 * 7, "\(cost)")
        #expect(bytes <= cost + cost / 4, "\(bytes) bytes are resident, \(cost) are counted")
        #expect(bytes >= cost / 3, "\(bytes) bytes are resident, \(cost) are counted")
    }
}
