/// Who is handed the results of a stream as they are made.
///
/// Called in turn, by the executor with which it has subscribed. It may be called once more after it has ended its stream.
package protocol ResultReceiver: AnyObject, Sendable {
    /// Takes what happens.
    func receive(_ event: StreamEvent)

    /// Nothing more comes in this turn: what was received may leave.
    func didReceive()
}
