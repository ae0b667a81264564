import CoreMetrics
import Gateway
import Testing

@testable import Observability

/// The text formats of metrics.
@Suite struct ExpositionTests {
    private static let catalog = [
        MetricDeclaration(.counter, "test_things", labels: ["name"], "Things, with a \"quote\"\nand a \\."),
        MetricDeclaration(.histogram, "test_wait_seconds", unit: "seconds", bounds: [0.5, 1_048_576], "Waits."),
        MetricDeclaration(.gauge, "test_level", "A level."), MetricDeclaration(.gauge, "test_unused", "Nothing."),
    ]

    private func registry() -> MetricsRegistry {
        let registry = MetricsRegistry(Self.catalog)
        Counter(label: "test_things", dimensions: [("name", "a\"b\\c\nd")], factory: registry).increment(by: 3)
        Counter(label: "test_things", dimensions: [("name", "a\"b\\c\nd")], factory: registry).increment()
        let timer = Timer(label: "test_wait_seconds", factory: registry)
        for nanoseconds in [500_000_000, 500_000_001, 2_000_000_000_000_000] { timer.recordNanoseconds(nanoseconds) }
        Gauge(label: "test_level", factory: registry).record(-1.5)
        return registry
    }

    @Test func writesPrometheusText004() {
        let page = registry().page(inOpenMetrics: false)
        #expect(page.contentType == "text/plain; version=0.0.4; charset=utf-8")
        #expect(
            String(decoding: page.body, as: UTF8.self) == #"""
                # HELP test_things_total Things, with a "quote"\nand a \\.
                # TYPE test_things_total counter
                test_things_total{name="a\"b\\c\nd"} 4
                # HELP test_wait_seconds Waits.
                # TYPE test_wait_seconds histogram
                test_wait_seconds_bucket{le="0.5"} 1
                test_wait_seconds_bucket{le="1.048576e+06"} 2
                test_wait_seconds_bucket{le="+Inf"} 3
                test_wait_seconds_sum 2000001.000000001
                test_wait_seconds_count 3
                # HELP test_level A level.
                # TYPE test_level gauge
                test_level -1.5

                """#
        )
    }

    @Test func writesOpenMetrics10() {
        let page = registry().page(inOpenMetrics: true)
        #expect(page.contentType == "application/openmetrics-text; version=1.0.0; charset=utf-8")
        let lines = String(decoding: page.body, as: UTF8.self).split(separator: "\n").filter {
            !$0.contains("_created")
        }
        #expect(
            lines.joined(separator: "\n") == #"""
                # HELP test_things Things, with a \"quote\"\nand a \\.
                # TYPE test_things counter
                test_things_total{name="a\"b\\c\nd"} 4
                # HELP test_wait_seconds Waits.
                # TYPE test_wait_seconds histogram
                # UNIT test_wait_seconds seconds
                test_wait_seconds_bucket{le="0.5"} 1
                test_wait_seconds_bucket{le="1.048576e+06"} 2
                test_wait_seconds_bucket{le="+Inf"} 3
                test_wait_seconds_sum 2000001.000000001
                test_wait_seconds_count 3
                # HELP test_level A level.
                # TYPE test_level gauge
                test_level -1.5
                # EOF
                """#
        )
        #expect(String(decoding: page.body, as: UTF8.self).contains("test_things_created{name="))
    }

    @Test func whatALibraryRegistersIsShownUnderAValidName() {
        let registry = MetricsRegistry([])
        Counter(label: "9 odd-name.total", dimensions: [("a b", "x")], factory: registry).increment()
        let page = String(decoding: registry.page(inOpenMetrics: false).body, as: UTF8.self)
        #expect(page.contains("_9_odd_name_total{a_b=\"x\"} 1\n"))
    }

    @Test func seriesAreBounded() {
        let registry = MetricsRegistry(Self.catalog)
        for number in 0..<3000 {
            Counter(label: "test_things", dimensions: [("name", "\(number)")], factory: registry).increment()
        }
        let page = String(decoding: registry.page(inOpenMetrics: false).body, as: UTF8.self)
        #expect(page.split(separator: "\n").count { $0.hasPrefix("test_things_total") } == 2000)
    }

    @Test func concurrentIncrementsAreAllCounted() async {
        let registry = MetricsRegistry(Self.catalog)
        let counter = Counter(label: "test_things", dimensions: [("name", "x")], factory: registry)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { for _ in 0..<10_000 { counter.increment() } } }
        }
        let page = String(decoding: registry.page(inOpenMetrics: false).body, as: UTF8.self)
        #expect(page.contains("test_things_total{name=\"x\"} 80000\n"))
    }
}
