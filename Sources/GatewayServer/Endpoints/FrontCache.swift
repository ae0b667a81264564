internal import Caching
internal import Gateway
internal import NIOHTTP1
private import Synchronization

/// A cache of complete responses by the bytes of their requests: an equal request is neither parsed nor planned.
///
/// Only responses from cached results are stored, with their validity, which is checked at each use: a response is not used
/// once it has expired, or once data that its caller may see have changed. The key has all header fields except those that no response
/// depends on, so that credentials, accepted media types and origin of a request with the same key are the same.
final class FrontCache: Sendable {
    private struct Entry: Sendable {
        /// The response; for a JSON-RPC message whose id is not part of the key, without the id and the bytes after it.
        let response: HTTPResponse
        let reuse: ResponseReuse
        /// The index of `Cache-Control` among the header fields; nil: its value does not depend on the time.
        let agedField: Int?

        /// The bytes of objects that it refers to.
        var allocatedBytes: Int { response.allocatedBytes + reuse.validity.allocatedBytes }
    }

    private struct Shard: Sendable {
        var entries: SieveCache<RepeatableRequest.Key, Entry>
        var doorkeeper = Doorkeeper()
    }

    private final class Lock: Sendable {
        let shard: Mutex<Shard>

        init(capacity: Int) { shard = Mutex(Shard(entries: SieveCache(maximumBytes: capacity))) }
    }

    private let locks: [Lock]
    private let service: GatewayService
    private let clientMaximumAge: Int

    /// The number of shards, each with a lock of its own.
    private static let shardCount = 4
    /// The byte after the id in a response to a JSON-RPC message.
    private static let messageEnd = UInt8(ascii: "}")

    /// Makes a cache; nil if the size limit is 0, or if client limits count each request.
    ///
    /// - Parameters:
    ///   - service: the service whose responses are cached.
    ///   - clientMaximumAge: the seconds for which clients may reuse a response; 0: they revalidate each time.
    init?(_ service: GatewayService, clientMaximumAge: Int) {
        guard service.resultBytes > 0, service.rateLimitPolicy == nil else { return nil }
        self.service = service
        self.clientMaximumAge = clientMaximumAge
        locks = (0..<Self.shardCount).map { _ in Lock(capacity: service.resultBytes / 2 / Self.shardCount) }
    }

    /// The status of a cache that does not exist.
    static let noUse = GatewayStatus.Cache(name: "complete_responses", bytes: 0, capacity: 0)

    /// The current status.
    var use: GatewayStatus.Cache {
        let parts = locks.map { $0.shard.withLock { (bytes: $0.entries.cost, capacity: $0.entries.capacity) } }
        return GatewayStatus.Cache(name: Self.noUse.name, parts: parts)
    }

    /// The cached response to an equal request, if it is still valid.
    ///
    /// - Parameters:
    ///   - repeatable: the key of the request.
    ///   - request: the request.
    /// - Returns: the response; nil: there is none.
    func response(to repeatable: RepeatableRequest, of request: HTTPRequest) -> HTTPResponse? {
        let key = repeatable.key
        guard let entry = lock(of: key).shard.withLock({ $0.entries.value(for: key) }) else { return nil }
        guard let timeLeft = entry.reuse.validity.timeLeft else {
            let dropped = lock(of: key).shard.withLock { $0.entries.removeValue(for: key) }
            withExtendedLifetime(dropped) {}
            return nil
        }
        var response = entry.response
        if let id = repeatable.messageID, case .bytes(let start) = response.body {
            var body: [UInt8] = []
            body.reserveCapacity(start.count + id.count + 1)
            body += start
            body += id
            body.append(Self.messageEnd)
            response.body = .bytes(body)
        }
        service.noteRepeatedResponse(
            entry.reuse,
            bytes: response.body.count ?? 0,
            to: Self.caller(request)
        )
        if let agedField = entry.agedField {
            response.headers[agedField].value = Repetition.cacheControl(timeLeft, clientMaximumAge: clientMaximumAge)
        }
        return response
    }

    /// The caller of an equal request, with the facts that observers need.
    private static func caller(_ request: HTTPRequest) -> Caller {
        guard request.notes == nil else { return Caller(request) }
        // PERF: the credential is not needed, so that it is not read.
        var caller = Caller()
        caller.setRequestID(request.id)
        caller.setTrace(request.trace)
        return caller
    }

    /// Stores the response to a request that was sent before and whose response may be sent again.
    ///
    /// - Parameters:
    ///   - response: the response.
    ///   - reuse: the conditions for sending it again.
    ///   - request: the request.
    /// - Returns: the repetition for requests of the same bytes; nil: the response is not stored.
    func store(_ response: HTTPResponse, _ reuse: ResponseReuse, for request: RepeatableRequest) -> Repetition? {
        let key = request.key
        // A request that is sent once is not worth the memory.
        guard lock(of: key).shard.withLock({ $0.doorkeeper.hasSeen(key.digest) }),
            let entry = entry(response, reuse, for: request)
        else { return nil }
        let bytes = key.allocatedBytes + entry.allocatedBytes
        let dropped = lock(of: key).shard.withLock { $0.entries.insert(entry, for: key, cost: bytes + bytes / 16) }
        withExtendedLifetime(dropped) {}
        return entry.response.repetition
    }

    private func entry(_ response: HTTPResponse, _ reuse: ResponseReuse, for request: RepeatableRequest) -> Entry? {
        guard case .bytes(var body) = response.body else { return nil }
        let reuse = reuse.sealed
        var response = response
        if let id = request.messageID {
            // A body that does not end with the id is not the response to one message.
            guard body.last == Self.messageEnd, body.dropLast().suffix(id.count) == id else { return nil }
            body.removeLast(id.count + 1)
            response.body = .bytes(body)
        }
        // A field that forbids all reuse by clients is left unchanged.
        let agedField = response.headers.firstIndex { $0.name == "cache-control" && $0.value.hasPrefix("private") }
        response.repetition = Repetition(
            validity: reuse.validity,
            clientMaximumAge: agedField == nil ? nil : clientMaximumAge
        ) { [service] in
            service.noteRepeatedResponse(reuse, to: $0)
        }
        return Entry(response: response, reuse: reuse, agedField: agedField)
    }

    private func lock(of key: RepeatableRequest.Key) -> Lock {
        locks[Int(UInt(bitPattern: key.digest) >> 32) % locks.count]
    }
}

extension HTTPResponse {
    /// The bytes of objects that the response refers to; 0 for a stream.
    fileprivate var allocatedBytes: Int {
        guard case .bytes(let body) = body else { return 0 }
        let own = AllocatedBytes.array(body) + AllocatedBytes.array(headers) + AllocatedBytes.string(contentType)
        return headers.reduce(own) { $0 + AllocatedBytes.string($1.name) + AllocatedBytes.string($1.value) }
    }
}
