private import Synchronization

/// The requests and calls that a request has counted against its client's minute, for a refund if it is refused for overload.
package final class ClientCharge: Sendable {
    private let refunds = Mutex<[@Sendable () -> Void]>([])

    package init() {}

    /// Adds a function that refunds something that was counted.
    func note(_ refund: @escaping @Sendable () -> Void) { refunds.withLock { $0.append(refund) } }

    /// Refunds everything, once.
    package func refund() {
        let all = refunds.withLock { refunds in
            defer { refunds = [] }
            return refunds
        }
        for refund in all { refund() }
    }
}
