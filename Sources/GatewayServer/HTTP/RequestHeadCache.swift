internal import Caching
internal import NIOCore

/// Heads of requests by their bytes, so that equal ones are parsed once: a client sends the same header fields again and again, and
/// only its bodies differ.
///
/// A head enters when its bytes come for the second time.
///
/// Confined to an event loop, each of which has one.
final class RequestHeadCache {
    /// What a head is parsed to.
    private struct Entry: Sendable {
        let head: RequestHead
        /// The length of the body, as the head says.
        let bodyBytes: Int
        /// Those that were checked.
        let limits: ConnectionLimits
    }

    private var entries = SieveCache<RequestBytes, Entry>(maximumBytes: 128 << 10)
    private var doorkeeper = Doorkeeper(capacity: 256)

    /// Longer heads are not stored.
    static let maximumHeadBytes = 4 << 10
    /// The memory of a parsed head, beside a multiple of its bytes.
    private static let entryBytes = 1024

    /// What some bytes are whose head has come before.
    enum Match {
        /// Exactly one request, which could be followed by another one; without anything that depends on its connection.
        case whole(HTTPRequest)
        /// The beginning of a request of so many bytes.
        case part(of: Int)
    }

    /// Finds the head of a request.
    ///
    /// - Parameters:
    ///   - bytes: all that has arrived, between two requests.
    ///   - limits: those of the connection.
    /// - Returns: what the bytes are; nil if their head has to be parsed.
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

    /// Stores a head, if it has come before.
    ///
    /// - Parameters:
    ///   - head: what it says.
    ///   - bytes: the bytes of the whole request and of nothing else, behind which another request may come.
    ///   - limits: those of the connection.
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
