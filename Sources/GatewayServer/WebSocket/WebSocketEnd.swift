/// How a WebSocket ends: the code of the closing frame for programs, and its reason for people.
///
/// https://www.rfc-editor.org/rfc/rfc6455#section-7.4
struct WebSocketEnd: Error, Equatable {
    let code: UInt16
    /// At most 123 bytes.
    let reason: String

    /// What a closing frame has room for beside its code.
    private static let maximumReasonBytes = 123

    init(_ code: UInt16, _ reason: String) {
        self.code = code
        var reason = reason[...]
        // Whole characters: half of one would be another one.
        while reason.utf8.count > Self.maximumReasonBytes { reason.removeLast() }
        self.reason = String(reason)
    }

    /// The end of a connection whose client breaks the protocol, or for which there is no room.
    init(_ failure: WebSocketFailure) { self.init(failure.code, failure.reason) }

    /// The gateway stops.
    static let goingAway = WebSocketEnd(1001, "The gateway is stopping; connect again.")
}
