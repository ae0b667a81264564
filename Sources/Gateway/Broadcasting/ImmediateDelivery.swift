/// Calls receivers at once, where the result was made.
final class ImmediateDelivery: DeliveryExecutor {
    /// The only one.
    static let shared = ImmediateDelivery()

    private init() {}

    func deliver(_ body: @escaping @Sendable () -> Void) { body() }
}
