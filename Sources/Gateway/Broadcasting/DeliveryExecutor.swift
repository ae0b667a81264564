/// Runs the functions that call receivers: all receivers of one executor get a result in the same turn.
package protocol DeliveryExecutor: AnyObject, Sendable {
    /// Runs a function in a later turn, after those that were added before it.
    func deliver(_ body: @escaping @Sendable () -> Void)

    /// Runs a function in a turn after a delay.
    func deliver(after delay: Duration, _ body: @escaping @Sendable () -> Void)
}
