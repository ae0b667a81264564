private import Upstream

extension Caller {
    /// The id of a request: the one that a client, or a proxy before the gateway, has set, if it can be used in a log line
    /// and a header field unchanged; else a new one.
    package static func requestID(clientSupplied text: String? = nil) -> String {
        (text.flatMap { RequestID(clientSupplied: $0) } ?? .make()).text
    }

    /// Sets the id of the request, which `requestID(clientSupplied:)` has returned.
    package mutating func setRequestID(_ text: String?) {
        requestID = text.flatMap { RequestID(clientSupplied: $0) }
    }
}
