internal import Gateway
internal import NIOHTTP1

/// What the head of a request says, whatever its body and its connection are.
///
/// An object, so that requests are small, and so that those of equal heads have it in common.
final class RequestHead: Sendable {
    /// The head as it was parsed.
    let parsed: HTTPRequestHead
    /// Whether its connection may stay open, as the client says: `close` counts before `keep-alive`, in any version.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9112#section-9.3
    let keepsConnection: Bool
    /// Whether NIO's decoder stops after the request, as another protocol may follow it.
    let stopsDecoder: Bool
    let target: RequestTarget
    /// What the header fields say of the caller; nil: they have not been read.
    let caller: Caller?

    /// Reads a head.
    ///
    /// - Parameters:
    ///   - parsed: the head as it was parsed.
    ///   - readsCaller: whether to read what the header fields say of the caller, as others will ask for it.
    init(_ parsed: HTTPRequestHead, readsCaller: Bool = false) {
        self.parsed = parsed
        keepsConnection = Self.keepsConnection(parsed)
        stopsDecoder = Self.stopsDecoder(parsed)
        target = RequestTarget(parsed.uri)
        caller = readsCaller ? Caller(parsed.headers) : nil
    }

    private static func keepsConnection(_ head: HTTPRequestHead) -> Bool {
        guard head.isKeepAlive else { return false }
        // PERF: NIO has read the field already, which many requests do not have; it prefers `keep-alive` in HTTP/1.0.
        guard head.headers.contains(name: "connection") else { return true }
        return !head.headers[canonicalForm: "connection"].contains { $0.lowercased() == "close" }
    }

    private static func stopsDecoder(_ head: HTTPRequestHead) -> Bool {
        if head.method == .CONNECT { return true }
        guard head.headers.contains(name: "upgrade") else { return false }
        return head.headers[canonicalForm: "connection"].contains { $0.lowercased() == "upgrade" }
    }
}
