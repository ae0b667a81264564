/// Calls receivers at once, on the task that made the result.
final class ImmediateDelivery: DeliveryExecutor {
    /// The only instance.
    static let shared = ImmediateDelivery()

    private init() {}

    func deliver(_ body: @escaping @Sendable () -> Void) { body() }

    /// Ignores the delay: each receiver has a task of its own, and the pace of that task.
    func deliver(after _: Duration, _ body: @escaping @Sendable () -> Void) { body() }
}
