internal import Caching
internal import NIOCore

/// Caches parsed heads by their bytes, so that equal ones are parsed once: most requests of a client have the same header fields and
/// only differ in their bodies.
///
/// A head is stored when its bytes come for the second time.
///
/// Confined to an event loop; each has one.
final class RequestHeadCache {
    /// A parsed head.
    private struct Entry: Sendable {
        let head: RequestHead
        /// The length of the body in bytes, as the head states.
        let bodyBytes: Int
        /// The limits that the head was checked against.
        let limits: ConnectionLimits
    }

    private var entries = SieveCache<RequestBytes, Entry>(maximumBytes: 128 << 10)
    private var doorkeeper = Doorkeeper(capacity: 256)

    /// The most bytes of a head.
    static let maximumHeadBytes = 4 << 10
    /// The bytes of a parsed head, in addition to a multiple of its length.
    private static let entryBytes = 1024

    /// The classification of bytes with a known head.
    enum Match {
        /// Exactly one request; without the facts about its connection.
        case whole(HTTPRequest)
        /// The beginning of a request of so many bytes.
        case part(of: Int)
    }

    /// Finds the head of a request.
    ///
    /// - Parameters:
    ///   - bytes: all bytes that have arrived since the last request.
    ///   - limits: the limits of the connection.
    /// - Returns: the classification of the bytes; nil: their head has to be parsed.
    func find(_ bytes: RequestBytes, _ limits: ConnectionLimits) -> Match? {
        let arrived = bytes.bytes.readableBytes
        guard let length = bytes.bytes.headLength, length <= Self.maximumHeadBytes, let head = bytes.prefix(length),
            let entry = entries.value(for: head), entry.limits == limits
        else { return nil }
        let count = length + entry.bodyBytes
        if arrived < count { return .part(of: count) }
        guard arrived == count else { return nil }
        return .whole(HTTPRequest(entry.head, body: Array(bytes.bytes.readableBytesView.dropFirst(length))))
    }

    /// Stores a head, if its bytes have come before.
    ///
    /// - Parameters:
    ///   - head: the parsed head.
    ///   - bytes: the bytes of the whole request, which another request may follow.
    ///   - limits: the limits of the connection.
    func store(_ head: RequestHead, of bytes: RequestBytes, _ limits: ConnectionLimits) {
        guard let length = bytes.bytes.headLength, length <= Self.maximumHeadBytes, let own = bytes.prefix(length),
            doorkeeper.hasSeen(own.digest)
        else { return }
        let entry = Entry(
            head: RequestHead(head.parsed, readsCaller: true),
            bodyBytes: bytes.bytes.readableBytes - length,
            limits: limits
        )
        _ = entries.insert(entry, for: own.compacted, cost: Self.entryBytes + 4 * length)
    }
}
