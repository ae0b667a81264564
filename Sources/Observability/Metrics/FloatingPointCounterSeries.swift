internal import CoreMetrics
private import Synchronization

/// A floating-point counter, which is changed rarely.
final class FloatingPointCounterSeries: FloatingPointCounterHandler, MetricSeries {
    private let sum = Mutex(0.0)
    private let created = UnixTime.now()

    func increment(by amount: Double) { sum.withLock { $0 += max(0, amount) } }

    func reset() { sum.withLock { $0 = 0 } }

    func append(to page: inout ExpositionPage, of family: MetricDeclaration, labels: [(String, String)]) {
        page.sample(family.name + "_total", labels, ExpositionPage.number(sum.withLock(\.self)))
        page.created(family.name, labels, created)
    }
}
