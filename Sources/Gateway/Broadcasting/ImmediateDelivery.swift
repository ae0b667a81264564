/// Calls receivers at once, where the result was made.
final class ImmediateDelivery: DeliveryExecutor {
    /// The only one.
    static let shared = ImmediateDelivery()

    private init() {}

    func deliver(_ body: @escaping @Sendable () -> Void) { body() }

    /// At once as well: each receiver has a task of its own, and the pace of that task.
    func deliver(after _: Duration, _ body: @escaping @Sendable () -> Void) { body() }
}
