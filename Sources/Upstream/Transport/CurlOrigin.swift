private import CLibcurl

/// Scheme, host and port of an upstream, parsed by libcurl, and the requests that wait for it.
///
/// Confined to the transport's thread.
///
/// PERF: measured; handles that are given the origin in this form once, and of each URL only the rest, save libcurl from
/// taking every URL apart and putting it together again: 1 of 13 microseconds an exchange.
@safe
final class CurlOrigin {
    /// The origin as the beginning of a URL.
    let text: String
    /// Whether connections to it use TLS.
    let isSecure: Bool
    /// libcurl's form, a `CURLU`.
    let handle: OpaquePointer

    /// How requests go to it without libcurl; nil if they cannot.
    let http1: HTTP1Origin?

    /// How many exchanges with it are under way.
    var activeCount = 0
    /// The requests that wait until there are fewer.
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

    /// Returns how many bytes of a URL are its origin.
    static func length(inURL url: String) throws(TransportError) -> Int {
        var slashes = 0
        var length: Int?
        let bytes = url.utf8.span
        for position in bytes.indices {
            let byte = bytes[position]
            // A fragment is never sent, so it has no place here either.
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
