internal import NIOHTTP1

/// Why a request is refused before it is complete.
enum RequestFault: Hashable {
    /// Its body is too large.
    case tooLarge
    /// It has no header field `Host`, or several: https://www.rfc-editor.org/rfc/rfc9112#section-3.2-6.
    case missingHost
    /// The value of `Host`, or the authority of a target in absolute form, is no name or address, as in `a b/c@d`: https://www.rfc-editor.org/rfc/rfc9112#section-3.2-6.
    case invalidHost
    /// Its body is encoded in a way that is not known: https://www.rfc-editor.org/rfc/rfc9112#section-6.1-14.
    case transferCoding
    /// HTTP/1.0 has no transfer codings, so that somebody on the way may have read the length otherwise.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9112#section-6.1-16
    case transferCodingOfOldVersion

    /// Finds what is wrong with a head; nil if nothing is.
    init?(_ head: HTTPRequestHead) {
        let hosts = head.headers["host"]
        if hosts.count > 1 || (hosts.isEmpty && head.version != .http1_0) {
            self = .missingHost
        } else if let host = hosts.first, HostField(host) == nil {
            self = .invalidHost
        } else if let authority = RequestTarget(head.uri).authority, authority.isEmpty || HostField(authority) == nil {
            // The host check would take no host for one that no browser has left out, and a URL of this scheme must have one:
            // https://www.rfc-editor.org/rfc/rfc9110#section-4.2.1-3.
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
