/// The code of the close frame, for programs, and its reason, for people.
///
/// https://www.rfc-editor.org/rfc/rfc6455#section-7.4
struct WebSocketEnd: Error, Equatable {
    let code: UInt16
    /// The reason: at most 123 bytes of UTF-8.
    let reason: String

    /// The most bytes of a reason in a close frame.
    private static let maximumReasonBytes = 123

    init(_ code: UInt16, _ reason: String) {
        self.code = code
        var reason = reason[...]
        // Whole characters, so that the text stays valid.
        while reason.utf8.count > Self.maximumReasonBytes { reason.removeLast() }
        self.reason = String(reason)
    }

    /// The end of a connection whose client violates the protocol, or for which there is no memory.
    init(_ failure: WebSocketFailure) { self.init(failure.code, failure.reason) }

    /// The gateway shuts down.
    static let goingAway = WebSocketEnd(1001, "The gateway is stopping; connect again.")
}
