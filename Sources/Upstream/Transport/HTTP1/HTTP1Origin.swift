/// An upstream that is called over cleartext HTTP/1.1 without libcurl: its address, its `Host` field and its idle connections.
///
/// Confined to the transport's thread.
final class HTTP1Origin {
    /// The end of the request line, and the `Host` field.
    let versionAndHost: [UInt8]
    /// The end of the request line alone, for requests with a `Host` field of their own.
    static let version = Array(" HTTP/1.1\r\n".utf8)

    /// The idle connections, the last used at the end.
    var idle: [HTTP1Connection] = []

    private let port: UInt16
    private let isLiteral: Bool
    private var known: (address: SocketAddress, until: MonotonicTime)?

    /// The time for which an address is used that libcurl has looked up, which is as long as libcurl caches it.
    private static let lifetime = Duration.seconds(60)

    /// Parses the origin `http://HOST[:PORT]`; nil if only libcurl can.
    ///
    /// - Parameter text: an origin that libcurl accepts.
    init?(_ text: String) {
        let scheme = "http://"
        guard text.hasPrefix(scheme) else { return nil }
        let authority = text.dropFirst(scheme.count)
        var host = authority
        var port: UInt16 = 80
        if let colon = authority.utf8.lastIndex(of: UInt8(ascii: ":")), authority.utf8.last != UInt8(ascii: "]") {
            let digits = authority[authority.index(after: colon)...]
            guard digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
                let number = UInt16(digits), number > 0
            else { return nil }
            host = authority[..<colon]
            port = number
        }
        let address = host.hasPrefix("[") && host.hasSuffix("]") ? host.dropFirst().dropLast() : host
        let literal = SocketAddress(String(address), port: port)
        guard literal != nil || Self.isPlainName(host) else { return nil }
        self.port = port
        isLiteral = literal != nil
        known = literal.map { ($0, .distantFuture) }
        versionAndHost = Self.version + Array("Host: \(host)\(port == 80 ? "" : ":\(port)")\r\n".utf8)
    }

    /// Whether a host is a name that the `Host` field can have unchanged, and not another spelling of an address.
    private static func isPlainName(_ host: Substring) -> Bool {
        let isName = host.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
            case UInt8(ascii: "-"), UInt8(ascii: "."): true
            default: false
            }
        }
        guard isName, let label = host.split(separator: ".").last, let first = label.utf8.first else { return false }
        return first >= UInt8(ascii: "a") && host.utf8.last != UInt8(ascii: ".")
    }

    /// The address; nil if it is unknown or outdated.
    func address(at now: MonotonicTime) -> SocketAddress? {
        guard let known, now < known.until else { return nil }
        return known.address
    }

    /// Stores the address to which libcurl has connected.
    func learn(address: String, at now: MonotonicTime) {
        guard !isLiteral, self.address(at: now) == nil, let address = SocketAddress(address, port: port) else { return }
        known = (address, now.advanced(by: Self.lifetime))
    }

    /// The time to establish a connection, given libcurl's time for it.
    ///
    /// It is shorter for an address that libcurl looked up: libcurl may know others for the name, and needs time to try them.
    func connectTimeout(_ whole: Duration) -> Duration {
        isLiteral ? whole : min(whole / 4, Self.longestConnect)
    }

    private static let longestConnect = Duration.seconds(1)

    /// Forgets an address that libcurl has looked up, because it accepts no connections.
    ///
    /// - Returns: whether libcurl may find another one.
    func forgetAddress() -> Bool {
        guard !isLiteral else { return false }
        known = nil
        return true
    }
}
