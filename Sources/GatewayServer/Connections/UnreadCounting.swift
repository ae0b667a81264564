internal import NIOCore

/// Is notified of how many bytes of responses wait for a client.
protocol UnreadCounting: AnyObject {
    /// Sets how many bytes wait for the client of a channel.
    func setUnread(_ bytes: Int, _ channel: any Channel)
}
