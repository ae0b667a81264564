private import Synchronization

/// What a request has counted against its client's minute so far, to be taken back if the gateway refuses it for load.
package final class ClientCharge: Sendable {
    private let refunds = Mutex<[@Sendable () -> Void]>([])

    package init() {}

    /// Notes how something that was counted is taken back.
    func note(_ refund: @escaping @Sendable () -> Void) { refunds.withLock { $0.append(refund) } }

    /// Takes back everything, once.
    package func refund() {
        let all = refunds.withLock { refunds in
            defer { refunds = [] }
            return refunds
        }
        for refund in all { refund() }
    }
}
