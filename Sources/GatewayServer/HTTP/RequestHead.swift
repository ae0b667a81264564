internal import Gateway
internal import NIOHTTP1

/// The parsed head of a request, without its body and its connection.
///
/// A class, so that requests are small and requests with equal heads share one.
final class RequestHead: Sendable {
    /// The head as it was parsed.
    let parsed: HTTPRequestHead
    /// Whether the client allows its connection to stay open: `close` takes precedence over `keep-alive`, in any version.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9112#section-9.3
    let keepsConnection: Bool
    /// Whether NIO's decoder stops after the request, as it offers another protocol.
    let stopsDecoder: Bool
    let target: RequestTarget
    /// The caller of the header fields; nil: they have not been read.
    let caller: Caller?
    /// The memory that a request takes without its body, in bytes.
    let memoryBytes: Int

    /// The memory of a request without its texts, in bytes.
    private static let overhead = 512
    /// The memory of a header field without its texts, in bytes.
    private static let fieldOverhead = 48

    /// Reads a head.
    ///
    /// - Parameters:
    ///   - parsed: the head as it was parsed.
    ///   - readsCaller: whether to read the caller from the header fields, as the head will be used again.
    init(_ parsed: HTTPRequestHead, readsCaller: Bool = false) {
        self.parsed = parsed
        keepsConnection = Self.keepsConnection(parsed)
        stopsDecoder = Self.stopsDecoder(parsed)
        target = RequestTarget(parsed.uri)
        caller = readsCaller ? Caller(parsed.headers) : nil
        memoryBytes = parsed.headers.reduce(Self.overhead + parsed.uri.utf8.count) { sum, field in
            sum + Self.fieldOverhead + field.name.utf8.count + field.value.utf8.count
        }
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
