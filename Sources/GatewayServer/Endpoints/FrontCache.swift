internal import Caching
internal import Gateway
internal import NIOHTTP1
private import Synchronization

/// Complete responses by the requests as they came, byte for byte: an equal request is neither parsed nor planned.
///
/// Only responses from cached results are stored, with their validity, which is checked at each use: a response is not used
/// once it has expired, or anything has changed that its caller can be shown. The key has all header fields but those
/// that no response depends on, so that what holds for a request (its credentials, what it accepts, its origin) holds for an equal one.
final class FrontCache: Sendable {
    /// A request without what no response depends on.
    struct Key: Sendable, Hashable {
        private let method: String
        private let uri: String
        private let fields: [Field]
        private let body: [UInt8]

        private struct Field: Sendable, Hashable {
            let name: String
            let value: String
        }

        /// Names a request; nil if it is longer than those that are worth storing.
        init?(_ request: HTTPRequest) {
            guard request.body.count <= FrontCache.maximumBodyBytes else { return nil }
            method = request.method.rawValue
            uri = request.head.uri
            body = request.body
            var fields: [Field] = []
            fields.reserveCapacity(request.head.headers.count)
            for (name, value) in request.head.headers where !FrontCache.isIrrelevant(name) {
                fields.append(Field(name: name, value: value))
            }
            self.fields = fields
        }

        /// The bytes that the key takes up, as estimated.
        var byteCount: Int {
            fields.reduce(uri.utf8.count + body.count) { $0 + $1.name.utf8.count + $1.value.utf8.count + 2 * 32 }
        }
    }

    private struct Entry: Sendable {
        let response: HTTPResponse
        let validity: ResponseValidity
        /// The position of `Cache-Control` among the header fields; nil if its value does not depend on the time.
        let agedField: Int?
    }

    private struct Shard: Sendable {
        var entries: SieveCache<Key, Entry>
    }

    private final class Lock: Sendable {
        let shard: Mutex<Shard>

        init(capacity: Int) { shard = Mutex(Shard(entries: SieveCache(capacity: capacity))) }
    }

    private let locks: [Lock]
    private let service: GatewayService
    private let clientMaximumAge: Int

    /// Longer bodies take long to compare.
    private static let maximumBodyBytes = 16 << 10
    /// The number of parts, each with a lock of its own.
    private static let shardCount = 4
    /// The bytes of an entry beside its key and body: table slots, header fields.
    private static let overhead = 1024

    /// Makes a cache; nil if nothing is to be cached, or each request has to be counted against its client's limits.
    ///
    /// - Parameters:
    ///   - service: whose responses are cached.
    ///   - clientMaximumAge: for how many seconds clients may reuse a response; 0: they always ask.
    init?(_ service: GatewayService, clientMaximumAge: Int) {
        guard service.resultBytes > 0, service.rateLimitPolicy == nil else { return nil }
        self.service = service
        self.clientMaximumAge = clientMaximumAge
        locks = (0..<Self.shardCount).map { _ in Lock(capacity: service.resultBytes / Self.shardCount) }
    }

    /// The response to an equal request, if it is still valid.
    func response(for key: Key) -> HTTPResponse? {
        guard let entry = lock(of: key).shard.withLock({ $0.entries.value(for: key) }) else { return nil }
        guard let timeLeft = entry.validity.timeLeft else {
            let dropped = lock(of: key).shard.withLock { $0.entries.removeValue(for: key) }
            withExtendedLifetime(dropped) {}
            return nil
        }
        service.countRepeatedResponse()
        guard let agedField = entry.agedField else { return entry.response }
        var response = entry.response
        let age = min(Int(timeLeft.components.seconds), clientMaximumAge)
        response.headers[agedField].value = age > 0 ? "private, max-age=\(age)" : "no-store"
        return response
    }

    /// Stores the response to a request, if an equal request would get it again.
    func store(_ response: HTTPResponse, of result: GraphQLResponse, for key: Key) {
        guard let validity = result.validity, case .bytes(let body) = response.body else { return }
        let agedField = clientMaximumAge > 0 ? response.headers.firstIndex { $0.name == "cache-control" } : nil
        let entry = Entry(response: response, validity: validity, agedField: agedField)
        let cost = key.byteCount + body.count + Self.overhead
        let dropped = lock(of: key).shard.withLock { $0.entries.insert(entry, for: key, cost: cost) }
        withExtendedLifetime(dropped) {}
    }

    private func lock(of key: Key) -> Lock { locks[Int(UInt(bitPattern: key.hashValue) % UInt(locks.count))] }

    /// Whether no response depends on a header field.
    private static func isIrrelevant(_ name: String) -> Bool {
        switch name.utf8.count {
        case 10: name.lowercased() == "user-agent"
        case 11: name.lowercased() == "traceparent"
        case 12: name.lowercased() == "x-request-id"
        case 15: name.lowercased() == "x-forwarded-for"
        default: false
        }
    }
}
