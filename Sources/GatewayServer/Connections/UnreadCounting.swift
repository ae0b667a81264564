internal import NIOCore

/// Is notified of the bytes of responses that clients have not read.
protocol UnreadCounting: AnyObject {
    /// Sets how many bytes the client of a channel has not read.
    func setUnread(_ bytes: Int, _ channel: any Channel)
}
