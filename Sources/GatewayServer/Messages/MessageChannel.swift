/// The transport of one connection's messages.
protocol MessageChannel: AnyObject {
    /// Whether the client reads its replies, so that more calls may begin.
    var takesReplies: Bool { get }
    /// Queues a reply; it is written with the next flush.
    func send(_ reply: [UInt8])
    /// Flushes the replies of ended calls, and resumes reading if more calls may begin.
    func repliesDidComplete()
}
