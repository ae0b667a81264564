internal import NIOHPACK
internal import NIOHTTP1

extension HTTPRequestHead {
    /// The version of HTTP/2 requests.
    static let http2 = HTTPVersion(major: 2, minor: 0)

    /// Reads the first header block of a stream; nil if it lacks the method or the path, a field has an invalid value, or `host`
    /// contradicts `:authority`.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9113#section-8.3.1
    init?(_ block: HPACKHeaders) {
        guard let method = block.first(name: ":method"), let path = block.first(name: ":path"),
            path.utf8.first == UInt8(ascii: "/") || (path == "*" && method == "OPTIONS"),
            block.first(name: ":scheme") != ""
        else { return nil }
        var headers = HTTPHeaders()
        headers.reserveCapacity(block.count)
        let authority = block.first(name: ":authority")
        if let authority { headers.add(name: "host", value: authority) }
        for (name, value, _) in block where !name.hasPrefix(":") {
            // https://www.rfc-editor.org/rfc/rfc9110#section-8.6: digits, and no sign.
            if name == "content-length" {
                guard !value.isEmpty, value.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else {
                    return nil
                }
            }
            // A client that sends both must send the same host in them.
            if let authority, name == "host" {
                guard Self.isSame(value, authority, scheme: block.first(name: ":scheme")) else { return nil }
                continue
            }
            headers.add(name: name, value: value)
        }
        self.init(version: Self.http2, method: HTTPMethod(rawValue: method), uri: path, headers: headers)
    }

    /// Whether two texts are the same host and port.
    private static func isSame(_ host: String, _ authority: String, scheme: String?) -> Bool {
        if host == authority { return true }
        guard let host = HostField(host), let authority = HostField(authority) else { return false }
        let port = scheme == "http" ? "80" : "443"
        return host.name == authority.name && (host.port ?? port) == (authority.port ?? port)
    }
}

extension HPACKHeaders {
    /// The size of the header fields in bytes, as SETTINGS_MAX_HEADER_LIST_SIZE limits it.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9113#section-6.5.2
    var listSize: Int { reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 32 } }

    /// Whether a value begins or ends with a space or a tab, which makes the request malformed.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9113#section-8.2.1
    var hasSurroundedValue: Bool { contains { HeaderList.isSurrounded($0.value) } }

    /// The header block of a response.
    ///
    /// A response without `Cache-Control` gets `no-store`.
    init(_ response: HTTPResponse, date: String) {
        self.init()
        reserveCapacity(response.headers.count + 6)
        add(name: ":status", value: String(response.status.code))
        add(name: "date", value: date)
        if let contentType = response.contentType { add(name: "content-type", value: contentType) }
        var statesCaching = false
        for field in response.headers where !Self.isOfConnection(field.name) {
            statesCaching = statesCaching || field.name == "cache-control"
            add(name: field.name, value: field.value)
        }
        if !response.vary.isEmpty { add(name: "vary", value: response.vary.text) }
        if !statesCaching { add(name: "cache-control", value: "no-store") }
        if response.status.mayHaveResponseBody, let count = response.body.count {
            add(name: "content-length", value: String(count))
        }
    }

    /// Whether a header field concerns an HTTP/1 connection: https://www.rfc-editor.org/rfc/rfc9113#section-8.2.2.
    private static func isOfConnection(_ name: String) -> Bool {
        name == "connection" || name == "upgrade"
    }
}
