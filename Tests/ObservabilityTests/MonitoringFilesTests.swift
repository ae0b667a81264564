import Foundation
import GatewayTestSupport
import JSON
import Testing

@testable import Observability

/// The examples for monitoring systems, and the list of what can be seen.
@Suite(.timeLimit(.minutes(15))) struct MonitoringFilesTests {
    private static var metricName: Regex<Substring> { /\b(?:gateway|process)_[a-z_]+\b/ }

    /// The names of samples that are shown.
    private static var sampleNames: Set<String> {
        Set(
            MetricCatalog.all.flatMap { metric in
                metric.kind == .histogram
                    ? ["_bucket", "_sum", "_count"].map { metric.name + $0 } : [metric.exposedName]
            }
        )
    }

    private static func names(in text: String) -> Set<String> {
        Set(text.matches(of: metricName).map { String($0.output) })
    }

    @Test func theDocumentListsEveryMetricAndNoOther() throws {
        let text = try RepositoryFile.text("docs/observability.md")
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `gateway_") || $0.hasPrefix("| `process_") }
        let listed = rows.map { row in row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
        let expected = MetricCatalog.all.map { metric in
            [
                "`\(metric.exposedName)`", metric.kind.rawValue,
                metric.labels.map { "`\($0)`" }.joined(separator: ", "), metric.help,
            ].filter { !$0.isEmpty }
        }
        #expect(listed.map { $0.filter { !$0.isEmpty } } == expected)
    }

    @Test func theRulesAreValidAndUseMetricsThatExist() async throws {
        let rules = try RepositoryFile.bytes("examples/prometheus-rules.yml")
        _ = try await ReaderProgram.output(
            "promtool",
            ["check", "rules", "\(RepositoryFile.root)/examples/prometheus-rules.yml"],
            of: []
        )
        let names = Self.names(in: String(decoding: rules, as: UTF8.self))
        #expect(!names.isEmpty && names.isSubset(of: Self.sampleNames), "\(names.subtracting(Self.sampleNames))")
    }

    @Test func theDashboardUsesMetricsThatExist() throws {
        let bytes = try RepositoryFile.bytes("examples/grafana-dashboard.json")
        let panels = try #require(try JSONValue(parsing: bytes)["panels"]?.arrayValue)
        let expressions = panels.flatMap { $0["targets"]?.arrayValue ?? [] }.compactMap { $0["expr"]?.stringValue }
        #expect(expressions.count >= panels.count)
        let names = Self.names(in: expressions.joined(separator: "\n"))
        #expect(names.isSubset(of: Self.sampleNames), "\(names.subtracting(Self.sampleNames))")
    }
}
