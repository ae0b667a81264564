private import Synchronization

/// When pages were fetched, as far as that is known: pages of one reading are of the same time, those of others may not be.
final class FetchedPages: Sendable {
    /// A reading of a field; later ones are greater.
    typealias Reading = UInt64

    private static let lastReading = Atomic<Reading>(0)

    /// The reading of pages that are fetched for this field.
    let reading: Reading
    private let calls = Mutex<Set<Call>>([])

    init() {
        reading = Self.lastReading.add(1, ordering: .relaxed).newValue
    }

    /// Whether a page was fetched by a call of this field.
    func contains(_ call: Call) -> Bool { calls.withLock { $0.contains(call) } }

    /// Notes pages that are fetched now.
    func insert(_ fetched: [Call]) { calls.withLock { $0.formUnion(fetched) } }
}
