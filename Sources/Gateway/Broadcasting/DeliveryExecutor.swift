/// Where receivers are called: all of one executor have a result together, in one turn.
package protocol DeliveryExecutor: AnyObject, Sendable {
    /// Runs a function in a later turn, after those before it.
    func deliver(_ body: @escaping @Sendable () -> Void)

    /// Runs a function in a turn after some time.
    func deliver(after delay: Duration, _ body: @escaping @Sendable () -> Void)
}
