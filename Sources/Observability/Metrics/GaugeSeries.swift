internal import CoreMetrics
private import Synchronization

/// A gauge.
final class GaugeSeries: RecorderHandler, MeterHandler, MetricSeries {
    private let bits = Atomic(0.0.bitPattern)

    func record(_ value: Int64) { record(Double(value)) }
    func record(_ value: Double) { bits.store(value.bitPattern, ordering: .relaxed) }
    func set(_ value: Int64) { record(Double(value)) }
    func set(_ value: Double) { record(value) }

    func increment(by amount: Double) {
        var old = bits.load(ordering: .relaxed)
        while true {
            let new = (Double(bitPattern: old) + amount).bitPattern
            let (exchanged, original) = bits.weakCompareExchange(expected: old, desired: new, ordering: .relaxed)
            if exchanged { return }
            old = original
        }
    }

    func decrement(by amount: Double) { increment(by: -amount) }

    func append(to page: inout ExpositionPage, of family: MetricDeclaration, labels: [(String, String)]) {
        page.sample(family.name, labels, ExpositionPage.number(Double(bitPattern: bits.load(ordering: .relaxed))))
    }
}
