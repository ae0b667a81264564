/// Receives the results of a stream as they are made.
///
/// The executor with which it has subscribed calls it. It may be called once more after it has ended its stream.
package protocol ResultReceiver: AnyObject, Sendable {
    /// Receives an event.
    func receive(_ event: StreamEvent)

    /// Notes that no more events come in this turn, so that the received ones may be flushed.
    func didReceive()
}
