private import Synchronization

/// The pages that a field's own calls have brought: newer than whatever was cached before.
final class FetchedPages: Sendable {
    private let calls = Mutex<Set<Call>>([])

    /// Whether a page was brought by a call of this field.
    func contains(_ call: Call) -> Bool { calls.withLock { $0.contains(call) } }

    /// Notes pages that are fetched now.
    func insert(_ fetched: [Call]) { calls.withLock { $0.formUnion(fetched) } }
}
