/// Where the results of a stream go.
package struct StreamOutlet: Sendable {
    let receiver: any ResultReceiver
    let executor: any DeliveryExecutor

    /// Hands results to a receiver.
    ///
    /// - Parameters:
    ///   - receiver: is handed the results.
    ///   - executor: calls it.
    package init(_ receiver: some ResultReceiver, on executor: some DeliveryExecutor) {
        (self.receiver, self.executor) = (receiver, executor)
    }
}
