/// The receiver of a stream's results, with the executor that calls it.
package struct StreamOutlet: Sendable {
    let receiver: any ResultReceiver
    let executor: any DeliveryExecutor

    /// Hands results to a receiver.
    ///
    /// - Parameters:
    ///   - receiver: the receiver of the results.
    ///   - executor: runs the calls of the receiver.
    package init(_ receiver: some ResultReceiver, on executor: some DeliveryExecutor) {
        (self.receiver, self.executor) = (receiver, executor)
    }
}
