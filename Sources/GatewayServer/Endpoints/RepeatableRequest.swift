internal import Caching
private import JSON
internal import NIOHTTP1

/// A request as a cache key: requests with equal keys get the same response.
struct RepeatableRequest: Sendable {
    /// The parts that responses depend on: method, target, header fields and body, one after another.
    struct Key: Sendable, Hashable {
        private let bytes: [UInt8]
        let digest: Int

        fileprivate init(_ bytes: [UInt8]) {
            self.bytes = bytes
            digest = unsafe bytes.withUnsafeBytes { unsafe KeyedDigest.of($0) }
        }

        /// The bytes of objects that the key refers to.
        var allocatedBytes: Int { AllocatedBytes.array(bytes) }

        static func == (left: Key, right: Key) -> Bool { left.digest == right.digest && left.bytes == right.bytes }

        func hash(into hasher: inout Hasher) { hasher.combine(digest) }
    }

    let key: Key
    /// The id of a JSON-RPC message, which is followed by the last brace of the response; nil: it is part of the key.
    let messageID: ArraySlice<UInt8>?

    /// The most bytes of a body, as longer ones take long to compare.
    private static let maximumBodyBytes = 16 << 10
    /// Precedes a body without its id, to distinguish it from any other body.
    private static let messageMark: UInt8 = 1
    /// Separates two parts; no method, target or header field has this byte.
    private static let separator: UInt8 = 0

    /// Makes the key of a request; nil if its body is too long.
    ///
    /// - Parameters:
    ///   - request: the request.
    ///   - isMessage: whether the body is a JSON-RPC message, whose id the response repeats unchanged.
    init?(_ request: HTTPRequest, isMessage: Bool = false) {
        guard request.body.count <= Self.maximumBodyBytes else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(request.body.count + 512)
        bytes += request.method.rawValue.utf8
        bytes.append(Self.separator)
        bytes += request.head.uri.utf8
        for (name, value) in request.head.headers where !Self.isIrrelevant(name) {
            bytes.append(Self.separator)
            bytes += name.utf8
            bytes.append(Self.separator)
            bytes += value.utf8
        }
        // The body comes last, so that it may have any bytes.
        bytes.append(Self.separator)
        if isMessage, let id = MessageIDRange.range(in: request.body) {
            messageID = request.body[id]
            bytes.append(Self.messageMark)
            bytes += request.body[..<id.lowerBound]
            // No JSON text has this byte, so that it marks the position of the id.
            bytes.append(Self.separator)
            bytes += request.body[id.upperBound...]
        } else {
            messageID = nil
            bytes.append(Self.separator)
            bytes += request.body
        }
        key = Key(bytes)
    }

    /// Whether no response depends on a header field.
    private static func isIrrelevant(_ name: String) -> Bool {
        switch name.utf8.count {
        case 10: ["user-agent", "tracestate"].contains(name.lowercased())
        case 11: name.lowercased() == "traceparent"
        case 12: name.lowercased() == "x-request-id"
        // The body's length follows from the body, and differs with the id.
        case 14: name.lowercased() == "content-length"
        case 15: name.lowercased() == "x-forwarded-for"
        default: false
        }
    }
}
