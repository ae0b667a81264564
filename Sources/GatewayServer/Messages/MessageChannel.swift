/// The transport of one connection's messages.
protocol MessageChannel: AnyObject {
    /// Whether the client takes what is sent, so that more calls may begin.
    var takesReplies: Bool { get }
    /// Writes a reply; it leaves with the next flush.
    func send(_ reply: [UInt8])
    /// Calls have ended: flushes their replies, and reads on if there is room.
    func repliesDidComplete()
}
