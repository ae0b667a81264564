private import Upstream

extension Caller {
    /// The id of a request: the one that a client, or a proxy before the gateway, has chosen, if it can stand in a log line
    /// and a header field as it is; else one of its own.
    package static func requestID(clientSupplied text: String? = nil) -> String {
        (text.flatMap { RequestID(clientSupplied: $0) } ?? .make()).text
    }

    /// Sets the id of the request, which `requestID(clientSupplied:)` has given.
    package mutating func setRequestID(_ text: String?) {
        requestID = text.flatMap { RequestID(clientSupplied: $0) }
    }
}
