internal import NIOHTTP1

/// The reason why a request is refused before it is complete.
enum RequestFault: Hashable {
    /// Its body is too large.
    case tooLarge
    /// It has no header field `Host`, or several: https://www.rfc-editor.org/rfc/rfc9112#section-3.2-6.
    case missingHost
    /// The value of `Host`, or the authority in the target, is not a name or address, as in `a b/c@d`.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9112#section-3.2-6
    case invalidHost
    /// The transfer coding of its body is not supported: https://www.rfc-editor.org/rfc/rfc9112#section-6.1-14.
    case transferCoding
    /// HTTP/1.0 has no transfer codings, so that a proxy may have read another length.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9112#section-6.1-16
    case transferCodingOfOldVersion

    /// Finds the fault of a head; nil if there is none.
    init?(_ head: HTTPRequestHead) {
        let hosts = head.headers["host"]
        if hosts.count > 1 || (hosts.isEmpty && head.version != .http1_0) {
            self = .missingHost
        } else if let host = hosts.first, HostField(host) == nil {
            self = .invalidHost
        } else if let authority = RequestTarget(head.uri).authority, authority.isEmpty || HostField(authority) == nil {
            // Without this, the host check would treat the request as one without a host, which no browser sends, and a URL of this scheme must
            // have one: https://www.rfc-editor.org/rfc/rfc9110#section-4.2.1-3.
            self = .invalidHost
        } else if head.headers.contains(name: "transfer-encoding") {
            if head.version == .http1_0 {
                self = .transferCodingOfOldVersion
            } else if head.headers[canonicalForm: "transfer-encoding"].map({ $0.lowercased() }) != ["chunked"] {
                self = .transferCoding
            } else {
                return nil
            }
        } else {
            return nil
        }
    }
}
