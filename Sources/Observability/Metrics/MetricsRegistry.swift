package import CoreMetrics
package import Gateway
private import Synchronization

/// The metrics of the process: an implementation of swift-metrics that exposes them in formats of Prometheus.
///
/// Labels, help and buckets of metrics in the catalog are declared there. Metrics that a library registers are exposed under their
/// own names, made valid.
package final class MetricsRegistry: MetricsFactory, MetricsExposition {
    private let state: Mutex<State>
    private let declared: [String: MetricDeclaration]

    private struct State {
        var families: [Family]
        var positions: [String: Int]
        var collectors: [@Sendable () -> Void] = []
    }

    private struct Family {
        let declaration: MetricDeclaration
        var series: [[String]: any MetricSeries] = [:]
    }

    /// The most series of one metric, so that a mistake in labels does not fill the memory.
    private static let maximumSeries = 2000
    /// The most metrics that libraries may add.
    private static let maximumFamilies = 500

    /// Makes a registry with the metrics of a catalog.
    package init(_ catalog: [MetricDeclaration] = MetricCatalog.all) {
        declared = Dictionary(catalog.map { ($0.name, $0) }) { first, _ in first }
        state = Mutex(
            State(
                families: catalog.map { Family(declaration: $0) },
                positions: Dictionary(catalog.enumerated().map { ($1.name, $0) }) { first, _ in first }
            )
        )
    }

    /// Adds a function that is called before metrics are exposed, to update gauges.
    package func collect(_ collector: @escaping @Sendable () -> Void) {
        state.withLock { $0.collectors.append(collector) }
    }

    package func page(inOpenMetrics isOpenMetrics: Bool) -> MetricsPage {
        for collector in state.withLock({ $0.collectors }) { collector() }
        let families = state.withLock { $0.families }
        var page = ExpositionPage(isOpenMetrics: isOpenMetrics)
        for family in families where !family.series.isEmpty {
            page.begin(family.declaration)
            for (values, series) in family.series.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
                series.append(
                    to: &page,
                    of: family.declaration,
                    labels: Array(zip(family.declaration.labels, values))
                )
            }
        }
        page.end()
        return MetricsPage(contentType: page.contentType, body: page.bytes)
    }

    // MARK: - Series

    /// The series of a metric with a set of labels; made if it is new.
    func series<Series: MetricSeries>(
        _ label: String,
        _ dimensions: [(String, String)],
        _ kind: MetricDeclaration.Kind,
        unit: String?,
        make: (MetricDeclaration) -> Series
    ) -> Series {
        let declaration = declared[label] ?? Self.undeclared(label, dimensions.map(\.0), kind, unit: unit)
        let values = declaration.labels.map { name in dimensions.first { Self.valid($0.0) == name }?.1 ?? "" }
        return state.withLock { state in
            let position: Int
            if let known = state.positions[declaration.name] {
                position = known
            } else {
                guard state.families.count < Self.maximumFamilies else { return make(declaration) }
                position = state.families.count
                state.positions[declaration.name] = position
                state.families.append(Family(declaration: declaration))
            }
            if let known = state.families[position].series[values] as? Series { return known }
            let made = make(state.families[position].declaration)
            // A series beyond the limit, or of another type than the metric, counts but is not exposed.
            let hasRoom = state.families[position].series.count < Self.maximumSeries
            if hasRoom, state.families[position].declaration.kind == kind,
                state.families[position].series[values] == nil
            {
                state.families[position].series[values] = made
            }
            return made
        }
    }

    private static func undeclared(
        _ label: String,
        _ labels: [String],
        _ kind: MetricDeclaration.Kind,
        unit: String?
    ) -> MetricDeclaration {
        var name = valid(label)
        if kind == .counter, name.hasSuffix("_total") { name.removeLast(6) }
        if let unit, !name.hasSuffix("_\(unit)") { name += "_\(unit)" }
        let bounds =
            kind == .histogram ? (unit == "seconds" ? MetricDeclaration.durations : MetricDeclaration.counts) : []
        return MetricDeclaration(
            kind,
            name,
            labels: labels.map { valid($0) },
            unit: unit,
            bounds: bounds,
            "A metric of a library."
        )
    }

    /// The name with invalid characters replaced.
    private static func valid(_ name: String) -> String {
        var valid = String(
            decoding: name.utf8.map { byte -> UInt8 in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    byte
                default: UInt8(ascii: "_")
                }
            },
            as: UTF8.self
        )
        if valid.first?.isNumber ?? true { valid = "_" + valid }
        return valid
    }

    // MARK: - MetricsFactory

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label, dimensions, .counter, unit: nil) { _ in CounterSeries() }
    }

    package func makeFloatingPointCounter(
        label: String,
        dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        series(label, dimensions, .counter, unit: nil) { _ in FloatingPointCounterSeries() }
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, dimensions, .gauge, unit: nil) { _ in GaugeSeries() }
    }

    package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        guard aggregate else { return series(label, dimensions, .gauge, unit: nil) { _ in GaugeSeries() } }
        return series(label, dimensions, .histogram, unit: nil) { HistogramSeries(bounds: $0.bounds, scale: 1) }
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(label, dimensions, .histogram, unit: "seconds") { HistogramSeries(bounds: $0.bounds, scale: 1e9) }
    }

    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}
}
