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

        /// The memory that the key takes up outside of itself.
        var allocatedBytes: Int {
            let own = AllocatedBytes.string(uri) + AllocatedBytes.array(body) + AllocatedBytes.array(fields)
            return fields.reduce(own) { $0 + AllocatedBytes.string($1.name) + AllocatedBytes.string($1.value) }
        }
    }

    private struct Entry: Sendable {
        let response: HTTPResponse
        let validity: ResponseValidity
        /// What observers learn of it.
        let outcome: RequestOutcome
        /// The position of `Cache-Control` among the header fields; nil if its value does not depend on the time.
        let agedField: Int?
    }

    private struct Shard: Sendable {
        var entries: SieveCache<Key, Entry>
        var doorkeeper = Doorkeeper()
    }

    private final class Lock: Sendable {
        let shard: Mutex<Shard>

        init(capacity: Int) { shard = Mutex(Shard(entries: SieveCache(maximumBytes: capacity))) }
    }

    private let locks: [Lock]
    private let service: GatewayService
    private let clientMaximumAge: Int

    /// Longer bodies take long to compare.
    private static let maximumBodyBytes = 16 << 10
    /// The number of parts, each with a lock of its own.
    private static let shardCount = 4
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
    ///
    /// - Parameters:
    ///   - key: the request without what no response depends on.
    ///   - request: this request.
    /// - Returns: the response; nil if there is none.
    func response(for key: Key, to request: HTTPRequest) -> HTTPResponse? {
        guard let entry = lock(of: key).shard.withLock({ $0.entries.value(for: key) }) else { return nil }
        guard let timeLeft = entry.validity.timeLeft else {
            let dropped = lock(of: key).shard.withLock { $0.entries.removeValue(for: key) }
            withExtendedLifetime(dropped) {}
            return nil
        }
        service.noteRepeatedResponse(entry.outcome, bytes: entry.response.body.count ?? 0, to: Self.caller(request))
        guard let agedField = entry.agedField else { return entry.response }
        var response = entry.response
        let age = min(Int(timeLeft.components.seconds), clientMaximumAge)
        response.headers[agedField].value = age > 0 ? "private, max-age=\(age)" : "no-store"
        return response
    }

    /// Who sends an equal request, as far as observers have to know.
    private static func caller(_ request: HTTPRequest) -> Caller {
        guard request.notes == nil else { return Caller(request) }
        // PERF: nobody asks for the credential, so that it need not be read.
        var caller = Caller()
        caller.setRequestID(request.id)
        caller.setTrace(request.trace)
        return caller
    }

    /// Stores the response to a request, if an equal request would get it again.
    func store(_ response: HTTPResponse, _ reuse: ResponseReuse, for key: Key) {
        guard case .bytes(let body) = response.body else { return }
        let validity = reuse.validity
        let agedField = clientMaximumAge > 0 ? response.headers.firstIndex { $0.name == "cache-control" } : nil
        let lock = lock(of: key)
        // What comes once is not worth the room.
        guard lock.shard.withLock({ $0.doorkeeper.hasSeen(key.hashValue) }) else { return }
        let entry = Entry(
            response: response,
            validity: validity,
            outcome: service.observer == nil ? RequestOutcome() : reuse.outcome.sealed,
            agedField: agedField
        )
        let bytes = key.allocatedBytes + response.allocatedBytes(body) + validity.allocatedBytes
        let dropped = lock.shard.withLock { $0.entries.insert(entry, for: key, cost: bytes + bytes / 16) }
        withExtendedLifetime(dropped) {}
    }

    private func lock(of key: Key) -> Lock { locks[Int(UInt(bitPattern: key.hashValue) % UInt(locks.count))] }

    /// Whether no response depends on a header field.
    private static func isIrrelevant(_ name: String) -> Bool {
        switch name.utf8.count {
        case 10: ["user-agent", "tracestate"].contains(name.lowercased())
        case 11: name.lowercased() == "traceparent"
        case 12: name.lowercased() == "x-request-id"
        case 15: name.lowercased() == "x-forwarded-for"
        default: false
        }
    }
}

extension HTTPResponse {
    /// The memory that the response takes up outside of itself, with a body that is here.
    fileprivate func allocatedBytes(_ body: [UInt8]) -> Int {
        let own = AllocatedBytes.array(body) + AllocatedBytes.array(headers) + AllocatedBytes.string(contentType)
        return headers.reduce(own) { $0 + AllocatedBytes.string($1.name) + AllocatedBytes.string($1.value) }
    }
}
