private import CLibcurl

/// Scheme, host and port of an upstream, parsed by libcurl, with the requests that wait for it.
///
/// Confined to the transport's thread.
///
/// PERF: measured; handles that receive the parsed origin once, and only the rest of each URL, save libcurl from parsing and
/// reassembling every URL: 1 of 13 microseconds per exchange.
@safe
final class CurlOrigin {
    /// The origin as the beginning of a URL.
    let text: String
    /// Whether connections to it use TLS.
    let isSecure: Bool
    /// libcurl's parsed URL, a `CURLU`.
    let handle: OpaquePointer

    /// The state of requests that do not use libcurl; nil if they need it.
    let http1: HTTP1Origin?

    /// The number of exchanges in progress.
    var activeCount = 0
    /// The requests that wait until fewer exchanges are in progress.
    var waiting = WaitQueue()

    /// Parses an origin.
    ///
    /// User names and passwords are refused.
    init(_ text: String) throws(TransportError) {
        guard let handle = unsafe curl_url() else { throw .setUp("curl_url") }
        self.text = text
        unsafe self.handle = handle
        isSecure = text.hasPrefix("https://")
        guard isSecure || text.hasPrefix("http://") else {
            throw .invalid("The URL's scheme is neither http nor https.")
        }
        guard unsafe curl_url_set(handle, CURLUPART_URL, text, UInt32(CURLU_DISALLOW_USER)) == CURLUE_OK else {
            throw .invalid("The URL's host or port is not valid, or it has a user name.")
        }
        http1 = isSecure ? nil : HTTP1Origin(text)
    }

    deinit {
        // SAFETY: exchanges that use the origin keep it alive.
        unsafe curl_url_cleanup(handle)
    }

    /// Returns the length in bytes of a URL's origin.
    static func length(inURL url: String) throws(TransportError) -> Int {
        var slashes = 0
        var length: Int?
        let bytes = url.utf8.span
        for position in bytes.indices {
            let byte = bytes[position]
            // A fragment is never sent, so it is not accepted here either.
            guard byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "#") else {
                throw .invalid("The URL has a fragment, or characters that must be percent-encoded.")
            }
            guard length == nil else { continue }
            if byte == UInt8(ascii: "/") { slashes += 1 }
            if slashes == 3 || byte == UInt8(ascii: "?") { length = position }
        }
        return length ?? bytes.count
    }
}
