import GatewayTestSupport
import GraphQL
import JSON
import Synchronization
import TestSupport
import Testing

@testable import Gateway
@testable import Upstream

/// Sends each call to the upstream of its workspace.
private struct WorkspaceTransport: Transport {
    static let prefix = "http://upstream"

    let upstreams: [PolledUpstream]

    func send(
        _ requests: [TransportRequest],
        receive: (Int, Result<TransportResponse, TransportError>) -> Void
    ) async {
        for (position, request) in requests.enumerated() {
            let rest = request.url.dropFirst(Self.prefix.count)
            let number = rest.prefix { $0.isNumber }
            var request = request
            request.url = Self.prefix + rest.dropFirst(number.count)
            guard let index = Int(number), upstreams.indices.contains(index) else { continue }
            await upstreams[index].send([request]) { receive(position, $1) }
        }
    }
}

/// A gateway in front of upstreams that report nothing, with a clock that only tests move.
struct PolledGateway {
    let clock: ManualClock
    let upstreams: [PolledUpstream]
    let service: GatewayService
    let caller: Caller

    init(
        _ upstreams: [PolledUpstream],
        clock: ManualClock,
        reserve: Double = 0.5,
        optimizations: CallOptimizations = CallOptimizations()
    ) throws {
        (self.upstreams, self.clock) = (upstreams, clock)
        let schema = try LoadedSchema(try RepositoryFile.schema())
        var configuration = ServiceConfiguration(
            schema: schema,
            workspaces: upstreams.indices.map {
                WorkspaceConfiguration(slug: "w\($0)", baseURL: "\(WorkspaceTransport.prefix)\($0)")
            },
            transport: WorkspaceTransport(upstreams: upstreams)
        )
        configuration.optimizations = optimizations
        configuration.now = { clock.now }
        configuration.budgetNow = { clock.now }
        configuration.schedule = { clock.schedule($0, $1) }
        var limits = RequestLimits()
        // Deadlines are counted from the time that passes for real.
        limits.timeout = .seconds(36_000)
        limits.polls.reserve = reserve
        configuration.limits = limits
        service = GatewayService(configuration)
        var caller = Caller(credential: Credential(key: "k"))
        for index in upstreams.indices { caller.setKey("k\(index)", forWorkspace: "w\(index)") }
        self.caller = caller
    }

    /// Waits until nothing is being read from the upstreams.
    func settle() async {
        while service.polling.busyReaders > 0 || service.broker.pendingCallCount > 0, !Task.isCancelled {
            await Task.yield()
        }
    }

    /// Lets time pass, second by second.
    func pass(seconds: Int) async {
        for _ in 0..<seconds {
            clock.advance(by: .seconds(1))
            await settle()
        }
    }

    /// Lets time pass until the feed of a workspace has another change; returns how many seconds that took.
    func passUntilChange(in workspace: Int, after count: Int) async -> Int {
        var seconds = 0
        while service.broker.changeFeeds[workspace].changeCount == count, seconds < 300 {
            await pass(seconds: 1)
            seconds += 1
        }
        return seconds
    }

    /// Subscribes, or follows a query.
    func follow(_ query: String, extensions: JSONObject = JSONObject()) throws -> Follower {
        var request = GraphQLRequest(query: query)
        request.extensions = extensions
        switch service.prepare(request, for: caller).subscribe() {
        case .stream(let stream): return Follower(stream)
        case .refused(let response): throw Refused(text: String(decoding: response.body, as: UTF8.self))
        }
    }

    struct Refused: Error {
        let text: String
    }

    /// Executes a query.
    func query(_ text: String) async throws -> JSONValue {
        try JSONValue(parsing: await service.respond(to: GraphQLRequest(query: text), caller: caller).body)
    }

    /// Somebody who follows results, and takes each at once.
    final class Follower: Sendable {
        private let received = Mutex<[JSONValue]>([])
        private let failed = Mutex<JSONValue?>(nil)
        private let ended = Mutex<ResultStream.End?>(nil)
        private let task = Mutex<Task<Void, Never>?>(nil)

        init(_ stream: ResultStream) {
            let task = Task { [self] in
                let end = await stream.run { [self] item in
                    switch item {
                    case .result(let response):
                        let value = try JSONValue(parsing: response.body)
                        received.withLock { $0.append(value) }
                    case .failure(let response):
                        let value = try JSONValue(parsing: response.body)
                        failed.withLock { $0 = value }
                    case .heartbeat: break
                    }
                }
                ended.withLock { $0 = end }
            }
            self.task.withLock { $0 = task }
        }

        /// All results so far.
        var results: [JSONValue] { received.withLock { $0 } }

        /// The response that says why the subscriber must begin anew.
        var failure: JSONValue? { failed.withLock { $0 } }

        /// Why there are no more; nil: there may be.
        var end: ResultStream.End? { ended.withLock { $0 } }

        /// Waits until so many results have come.
        func results(reach count: Int) async -> [JSONValue] {
            while results.count < count, end == nil, !Task.isCancelled { await Task.yield() }
            return results
        }

        /// Waits until the last result is some value.
        func lastBecomes(_ value: JSONValue) async {
            while results.last != value, end == nil, !Task.isCancelled { await Task.yield() }
        }

        func cancel() { task.withLock { $0 }?.cancel() }
    }
}
