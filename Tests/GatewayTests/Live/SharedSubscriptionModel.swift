import GraphQL
import JSON
import Synchronization
import TestSupport
import Testing

@testable import Gateway
@testable import Upstream

/// Two gateways to which the same happens: one shares what equal subscriptions have, the other makes it for each of them.
struct SharedSubscriptionModel {
    /// Somebody who is handed results, and notes them.
    private final class Recorder: ResultReceiver {
        private let state = Mutex<[String]>([])

        var events: [String] { state.withLock { $0 } }

        func receive(_ event: StreamEvent) {
            let text =
                switch event {
                case .result(let result): String(decoding: result.body, as: UTF8.self)
                case .failure(let result): "failure: \(String(decoding: result.body, as: UTF8.self))"
                case .end(let end): "end: \(end)"
                }
            state.withLock { $0.append(text) }
        }

        func didReceive() {}
    }

    /// A gateway, and who has subscribed to it.
    private struct Side {
        let clock = ManualClock()
        let upstream: PolledUpstream
        let gateway: PolledGateway
        var subscribers: [(stream: ResultStream, recorder: Recorder)] = []

        init(sharing: Bool) throws {
            upstream = PolledUpstream(clock: clock, limit: 1_000_000)
            var optimizations = CallOptimizations()
            optimizations.deduplication = sharing
            gateway = try PolledGateway([upstream], clock: clock, reserve: 1, optimizations: optimizations)
        }

        mutating func subscribe(_ query: String, key: String) throws {
            let recorder = Recorder()
            let outlet = StreamOutlet(recorder, on: ImmediateDelivery.shared)
            let caller = Caller(credential: Credential(key: key))
            let prepared = gateway.service.prepare(GraphQLRequest(query: query), for: caller)
            guard case .stream(let stream) = prepared.subscribe(outlet) else {
                Issue.record("A subscription was refused: \(query)")
                return
            }
            subscribers.append((stream, recorder))
        }

        /// Waits until all have what there is for them.
        func settle() async {
            while !subscribers.allSatisfy(\.stream.isIdle), !Task.isCancelled { await Task.yield() }
            await gateway.settle()
        }
    }

    private var random: SeededGenerator
    private var sides: [Side]
    private var ids: [String] = []
    private var number = 0
    /// What was subscribed to, by whom.
    private var subscriptions: Set<String> = []

    private static let keys = ["k0", "k1"]

    init(seed: UInt64) throws {
        random = SeededGenerator(seed: seed)
        sides = [try Side(sharing: true), try Side(sharing: false)]
        for _ in 0..<6 { make() }
    }

    mutating func run(steps: Int) async throws {
        for step in 0..<steps {
            try await self.step()
            for side in sides { await side.settle() }
            guard compare(step) else { return }
        }
        #expect(sides[0].upstream.paths.count <= sides[1].upstream.paths.count)
    }

    private func compare(_ step: Int) -> Bool {
        for (shared, own) in zip(sides[0].subscribers, sides[1].subscribers) {
            guard shared.recorder.events == own.recorder.events else {
                Issue.record("step \(step): \(shared.recorder.events) is not \(own.recorder.events)")
                return false
            }
        }
        #expect(sides[0].gateway.service.broadcasts.count <= subscriptions.count)
        #expect(sides[1].gateway.service.broadcasts.count == 0)
        return true
    }

    private mutating func step() async throws {
        switch random.below(14) {
        case 0, 1, 2: try subscribe()
        case 3: leave()
        case 4: try await report("task.created", make())
        case 5, 6: try await change(["title": title()])
        case 7: try await change(["status": random.below(2) == 0 ? "open" : "done"])
        case 8: try await change(["hidden": true])
        case 9: try await remove()
        case 10: if let id = ids.randomElement(using: &random) { try await report("task.updated", id) }
        case 11: try await burst()
        case 12: try await write()
        default: try await read()
        }
    }

    // MARK: - What happens

    private mutating func title() -> JSONValue {
        number += 1
        return .string("T\(number)")
    }

    @discardableResult
    private mutating func make() -> String {
        let members: JSONObject = ["title": title(), "status": random.below(2) == 0 ? "open" : "done"]
        let made = Set(sides.map { $0.upstream.make("issues", members) })
        let id = made.first ?? ""
        #expect(made.count == 1)
        ids.append(id)
        return id
    }

    /// Reports a change, and waits until it has had its effect: of reports that wait some are one, and a lookup less is made.
    private mutating func report(_ type: String, _ id: String) async throws {
        number += 1
        for side in sides {
            try side.gateway.take(type, of: id, event: "evt_\(number)")
            await side.settle()
        }
    }

    private mutating func change(_ members: JSONObject) async throws {
        guard let id = ids.randomElement(using: &random) else { return }
        for side in sides { side.upstream.change("issues", id, members) }
        for _ in 0...random.below(2) { try await report("task.updated", id) }
    }

    private mutating func remove() async throws {
        guard ids.count > 4, let id = ids.randomElement(using: &random) else { return }
        ids.removeAll { $0 == id }
        for side in sides { side.upstream.remove("issues", id) }
        for _ in 0...random.below(2) { try await report("task.deleted", id) }
    }

    /// Several objects change before anything is reported.
    private mutating func burst() async throws {
        let changed = (0..<5).compactMap { _ in ids.randomElement(using: &random) }
        for id in changed {
            let title = title()
            for side in sides { side.upstream.change("issues", id, ["title": title]) }
        }
        for id in changed { try await report("task.updated", id) }
    }

    private mutating func write() async throws {
        guard let id = ids.randomElement(using: &random) else { return }
        let input = "title: \"\(title().stringValue ?? "")\""
        let text = "mutation { updateIssue(id: \"\(id)\", input: { \(input) }) { issue { id } } }"
        for side in sides { _ = try await side.gateway.query(text, key: "k0") }
    }

    /// What a key was shown is a part of what it learns of.
    private mutating func read() async throws {
        let key = Self.keys[random.below(2)]
        for side in sides {
            _ = try await side.gateway.query("{ issues(first: 100) { nodes { id title status } } }", key: key)
        }
    }

    // MARK: - Subscribers

    private mutating func subscribe() throws {
        let some = ids.prefix(3).map { "\"\($0)\"" }.joined(separator: ", ")
        let queries = [
            "subscription { issueChanged { kind id issue { id title status } } }",
            "subscription { issueChanged(status: \"open\") { kind id issue { title } } }",
            "subscription { issueChanged(ids: [\(some)]) { kind id } }",
            "subscription { changed: issueChanged { what: kind id issue { title } } }",
        ]
        let (query, key) = (queries[random.below(queries.count)], Self.keys[random.below(2)])
        subscriptions.insert("\(key) \(query)")
        for index in sides.indices { try sides[index].subscribe(query, key: key) }
    }

    private mutating func leave() {
        guard let count = sides.map(\.subscribers.count).min(), count > 0 else { return }
        let position = random.below(count)
        for side in sides { side.subscribers[position].stream.cancel() }
    }
}
