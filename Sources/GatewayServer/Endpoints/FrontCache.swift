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
    private struct Entry: Sendable {
        /// Without the id of a JSON-RPC message, and without what follows that, if the key is without it.
        let response: HTTPResponse
        let reuse: ResponseReuse
        /// The position of `Cache-Control` among the header fields; nil if its value does not depend on the time.
        let agedField: Int?

        /// The memory that it takes up outside of itself.
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

    /// The number of parts, each with a lock of its own.
    private static let shardCount = 4
    /// What follows the id in a response to a JSON-RPC message.
    private static let messageEnd = UInt8(ascii: "}")

    /// Makes a cache; nil if nothing is to be cached, or each request has to be counted against its client's limits.
    ///
    /// - Parameters:
    ///   - service: whose responses are cached.
    ///   - clientMaximumAge: for how many seconds clients may reuse a response; 0: they always ask.
    init?(_ service: GatewayService, clientMaximumAge: Int) {
        guard service.resultBytes > 0, service.rateLimitPolicy == nil else { return nil }
        self.service = service
        self.clientMaximumAge = clientMaximumAge
        locks = (0..<Self.shardCount).map { _ in Lock(capacity: service.resultBytes / 2 / Self.shardCount) }
    }

    /// What is held where there is none.
    static let noUse = GatewayStatus.Cache(name: "complete_responses", bytes: 0, capacity: 0)

    /// What it holds now.
    var use: GatewayStatus.Cache {
        let parts = locks.map { $0.shard.withLock { (bytes: $0.entries.cost, capacity: $0.entries.capacity) } }
        return GatewayStatus.Cache(name: Self.noUse.name, parts: parts)
    }

    /// The response to an equal request, if it is still valid.
    ///
    /// - Parameters:
    ///   - repeatable: the request without what no response depends on.
    ///   - request: this request.
    /// - Returns: the response; nil if there is none.
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

    /// Who sends an equal request, as far as observers have to know.
    private static func caller(_ request: HTTPRequest) -> Caller {
        guard request.notes == nil else { return Caller(request) }
        // PERF: nobody asks for the credential, so that it need not be read.
        var caller = Caller()
        caller.setRequestID(request.id)
        caller.setTrace(request.trace)
        return caller
    }

    /// Stores the response to a request, if that has come before and an equal request would get the response again.
    ///
    /// - Parameters:
    ///   - response: the response.
    ///   - reuse: until when it may be sent again.
    ///   - request: the request.
    /// - Returns: how the response is sent again to a request of the same bytes; nil if it is not stored.
    func store(_ response: HTTPResponse, _ reuse: ResponseReuse, for request: RepeatableRequest) -> Repetition? {
        let key = request.key
        // What comes once is not worth the room.
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
            // What is not the response to one message has no place where an id could be put.
            guard body.last == Self.messageEnd, body.dropLast().suffix(id.count) == id else { return nil }
            body.removeLast(id.count + 1)
            response.body = .bytes(body)
        }
        // What clients must not reuse at all stays as it is.
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
    /// The memory that the response takes up outside of itself, with a body that is here.
    fileprivate var allocatedBytes: Int {
        guard case .bytes(let body) = body else { return 0 }
        let own = AllocatedBytes.array(body) + AllocatedBytes.array(headers) + AllocatedBytes.string(contentType)
        return headers.reduce(own) { $0 + AllocatedBytes.string($1.name) + AllocatedBytes.string($1.value) }
    }
}
