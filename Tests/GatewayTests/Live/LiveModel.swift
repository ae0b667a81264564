import GraphQL
import JSON
import TestSupport
import Testing

@testable import Gateway
@testable import Upstream

/// A gateway that is read, written, reported to and followed at random, and what must hold whatever happens.
struct LiveModel {
    /// What happens.
    struct Scenario: Sendable, CustomTestStringConvertible {
        let seed: UInt64
        /// Whether changes are reported by webhooks, some of them late, twice, in another order, or never.
        let hasWebhooks: Bool
        /// Whether the upstream fails at times.
        var hasFaults = false
        /// Whether the upstream sorts lists as it is asked to.
        var sorts = true

        var testDescription: String {
            "seed \(seed)\(hasWebhooks ? ", webhooks" : "")\(hasFaults ? ", faults" : "")\(sorts ? "" : ", unsorted")"
        }
    }

    /// A subscription, and what it has to have seen.
    private struct Subscription {
        let follower: PolledGateway.Follower
        let key: String
    }

    private let scenario: Scenario
    private let gateway: PolledGateway
    private let upstream: PolledUpstream
    private let receiver: WebhookReceiver
    private var random: SeededGenerator
    private var subscriptions: [Subscription] = []
    private var ids: [String] = []
    /// Webhooks that have not been delivered, and some that have.
    private var webhooks: [[UInt8]] = []
    private var delivered: [[UInt8]] = []
    private var number = 0

    private static let secret = Array("s".utf8)
    private static let keys = ["k0", "k1"]
    /// So many steps or webhooks go by before subscribers have to catch up.
    private static let lead = 100

    init(_ scenario: Scenario) throws {
        self.scenario = scenario
        random = SeededGenerator(seed: scenario.seed)
        let clock = ManualClock()
        upstream = PolledUpstream(clock: clock, limit: 1_000_000, sorts: scenario.sorts)
        gateway = try PolledGateway([upstream], clock: clock)
        receiver = try #require(
            WebhookReceiver(
                service: gateway.service,
                options: WebhookOptions(slug: "w0", secrets: [Self.secret])
            ) { 0 }
        )
        for _ in 0..<20 { make() }
        webhooks = []
    }

    mutating func run(steps: Int) async throws {
        for number in 0..<steps {
            try await step()
            if number % Self.lead == 0 { await catchUp() }
        }
        upstream.isFailing = false
        try await finish()
    }

    private mutating func step() async throws {
        switch random.below(20) {
        case 0: make()
        case 1, 2, 3: changeByOthers()
        case 4: removeByOthers()
        case 5, 6: try await write()
        case 7, 8, 9: try await readOne()
        case 10, 11: try await readList()
        case 12, 13, 14: deliver()
        case 15: if scenario.hasFaults { upstream.isFailing = random.below(3) == 0 }
        case 16: try subscribe()
        case 17: reconnect()
        default: gateway.clock.advance(by: .milliseconds(random.below(8000)))
        }
        await gateway.settle()
    }

    // MARK: - Others

    private mutating func make() {
        var members: JSONObject = ["title": title(), "status": random.below(2) == 0 ? "open" : "done"]
        if random.below(4) == 0 { members["hidden"] = true }
        let id = upstream.make("issues", members)
        ids.append(id)
        report("task.created", id)
    }

    private mutating func changeByOthers() {
        guard let id = ids.randomElement(using: &random), upstream.row("issues", id) != nil else { return }
        let status: JSONValue = random.below(2) == 0 ? "open" : "done"
        upstream.change("issues", id, ["title": title(), "status": status])
        report("task.updated", id)
    }

    private mutating func removeByOthers() {
        guard ids.count > 10, let id = ids.randomElement(using: &random), upstream.row("issues", id) != nil else {
            return
        }
        upstream.remove("issues", id)
        report("task.deleted", id)
    }

    private mutating func title() -> JSONValue {
        number += 1
        return .string("T\(number)")
    }

    private mutating func report(_ type: String, _ id: String) {
        // Now and then one is lost.
        guard scenario.hasWebhooks, random.below(10) > 0 else { return }
        webhooks.append(event(type, id))
    }

    private mutating func event(_ type: String, _ id: String) -> [UInt8] {
        number += 1
        let event: JSONValue = [
            "id": .string("evt_\(number)"), "type": .string(type), "created_at": 0, "data": ["task_id": .string(id)],
        ]
        return event.serialized()
    }

    /// Delivers a webhook: the oldest, any, one again, or one that is forged.
    private mutating func deliver() {
        let body: [UInt8]
        switch random.below(6) {
        case 0:
            guard let again = delivered.randomElement(using: &random) else { return }
            body = again
        case 1:
            guard !webhooks.isEmpty else { return }
            body = webhooks.remove(at: random.below(webhooks.count))
        case 2:
            let id = ids.randomElement(using: &random) ?? ""
            let forged: JSONValue = ["id": "evt", "type": "task.deleted", "data": ["task_id": .string(id)]]
            #expect(receiver.receive(forged.serialized()) { _ in "sha256=00" } == .unverified)
            return
        default:
            guard !webhooks.isEmpty else { return }
            body = webhooks.removeFirst()
        }
        delivered.append(body)
        deliver(body)
    }

    private func deliver(_ body: [UInt8]) {
        let code = HMACSHA256(key: Self.secret)?.code(of: body) ?? []
        let digits = code.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        guard case .accepted = receiver.receive(body, field: { _ in "sha256=\(digits)" }) else {
            Issue.record("A signed webhook was refused.")
            return
        }
    }

    // MARK: - Requests

    private func caller(_ key: String) -> Caller { Caller(credential: Credential(key: key)) }

    private func send(_ text: String, key: String) async throws -> JSONValue {
        try JSONValue(
            parsing: await gateway.service.respond(to: GraphQLRequest(query: text), caller: caller(key)).body
        )
    }

    /// How old a response may be: what the schema declares, longer while webhooks report changes or nothing else can be had.
    private var mostSeconds: Int {
        scenario.hasFaults ? 330 + (scenario.hasWebhooks ? 300 : 0) : scenario.hasWebhooks ? 330 : 60
    }

    private func mayBeShown(_ title: JSONValue?, of id: String, since: ContinuousClock.Instant, key: String) -> Bool {
        upstream.states(of: id, since: since).contains { row in
            let visible = row.flatMap { key == "k0" || $0["hidden"] == nil ? $0 : nil }
            return visible?["title"] == title
        }
    }

    private mutating func readOne() async throws {
        guard let id = ids.randomElement(using: &random), let key = Self.keys.randomElement(using: &random) else {
            return
        }
        let since = gateway.clock.now - .seconds(mostSeconds)
        let response = try await send("{ issue(id: \"\(id)\") { title } }", key: key)
        guard response["errors"] == nil else { return #expect(scenario.hasFaults, "\(response)") }
        let title = response["data"]?["issue"]?["title"]
        #expect(mayBeShown(title, of: id, since: since, key: key), "\(id) \(key): \(response)")
    }

    private mutating func readList() async throws {
        guard let key = Self.keys.randomElement(using: &random) else { return }
        let since = gateway.clock.now - .seconds(mostSeconds)
        let filter = random.below(2) == 0 ? "(first: 100)" : "(first: 100, status: \"open\")"
        let response = try await send("{ issues\(filter) { nodes { id title } } }", key: key)
        guard response["errors"] == nil else { return #expect(scenario.hasFaults, "\(response)") }
        guard case .array(let nodes)? = response["data"]?["issues"]?["nodes"] else {
            Issue.record("\(response)")
            return
        }
        for node in nodes {
            let id = node["id"]?.stringValue ?? ""
            #expect(mayBeShown(node["title"], of: id, since: since, key: key), "\(id) \(key): \(node)")
        }
    }

    /// Writes, and looks at once whether everybody sees it.
    private mutating func write() async throws {
        guard let id = ids.randomElement(using: &random), upstream.row("issues", id) != nil else { return }
        let isDeletion = ids.count > 10 && random.below(6) == 0
        let title = title().stringValue ?? ""
        let field =
            isDeletion
            ? "deleteIssue(id: \"\(id)\") { deletedId }"
            : "updateIssue(id: \"\(id)\", input: { title: \"\(title)\" }) { issue { id } }"
        let written = try await send("mutation { \(field) }", key: "k0")
        guard written["errors"] == nil else { return #expect(scenario.hasFaults, "\(written)") }
        report(isDeletion ? "task.deleted" : "task.updated", id)
        let response = try await send(
            "{ issue(id: \"\(id)\") { title } issues(first: 100) { nodes { id title } } }",
            key: "k0"
        )
        guard response["errors"] == nil else { return #expect(scenario.hasFaults, "\(response)") }
        let expected = isDeletion ? nil as JSONValue? : JSONValue.string(title)
        #expect(response["data"]?["issue"]?["title"] == expected, "\(id): \(response)")
        guard case .array(let nodes)? = response["data"]?["issues"]?["nodes"] else {
            Issue.record("\(response)")
            return
        }
        let shown = nodes.first { $0["id"]?.stringValue == id }
        #expect(shown?["title"] == expected, "\(id): \(response)")
    }

    // MARK: - Subscribers

    private mutating func subscribe() throws {
        let open = subscriptions.count { $0.follower.end == nil }
        guard open < 6, let key = Self.keys.randomElement(using: &random) else { return }
        let request = GraphQLRequest(query: "subscription { issueChanged { kind id issue { id title } } }")
        guard case .stream(let stream) = gateway.service.prepare(request, for: caller(key)).subscribe() else {
            Issue.record("A subscription was refused.")
            return
        }
        subscriptions.append(Subscription(follower: PolledGateway.Follower(stream), key: key))
    }

    private mutating func reconnect() {
        guard !subscriptions.isEmpty else { return }
        subscriptions[random.below(subscriptions.count)].follower.cancel()
    }

    /// Waits until the subscribers have taken all changes so far: more than a few hundred do not wait for one that is slow.
    private mutating func catchUp() async {
        guard scenario.hasWebhooks, !scenario.hasFaults,
            let id = ids.first(where: { upstream.row("issues", $0).map { $0["hidden"] == nil } ?? false })
        else { return }
        let title = title()
        upstream.change("issues", id, ["title": title])
        deliver(event("task.updated", id))
        for subscription in subscriptions { await sees(title, of: id, subscription) }
    }

    /// Lets everything be seen, and compares.
    private mutating func finish() async throws {
        var count = 0
        while !webhooks.isEmpty {
            deliver()
            count += 1
            if count % Self.lead == 0 { await catchUp() }
        }
        await catchUp()
        // A reader that could read nothing while the upstream failed notices what changes from its first reading on.
        await gateway.pass(seconds: 180)
        // Once more everything changes, so that whoever is subscribed has to see it.
        for id in ids where upstream.row("issues", id) != nil {
            upstream.change("issues", id, ["title": title()])
        }
        await gateway.pass(seconds: 180)
        for subscription in subscriptions {
            let end = subscription.follower.end
            // Only a failure of the upstream, or too many changes at a time, has a subscriber begin anew; who has left is not looked at.
            let code = subscription.follower.failure?["errors"]?[0]?["extensions"]?["code"]?.stringValue
            #expect(
                end == nil || end == .cancelled || scenario.hasFaults || code == "OVERLOADED",
                "\(subscription.key): \(String(describing: end))"
            )
            if end == nil { await seesAll(subscription) }
            subscription.follower.cancel()
            check(subscription)
        }
    }

    /// Waits until a subscriber has seen every object as it is.
    private func seesAll(_ subscription: Subscription) async {
        for id in ids {
            guard let row = upstream.row("issues", id), subscription.key == "k0" || row["hidden"] == nil else {
                continue
            }
            await sees(row["title"], of: id, subscription)
        }
    }

    /// Waits until a subscriber has seen an object with a title.
    private func sees(_ title: JSONValue?, of id: String, _ subscription: Subscription) async {
        while subscription.follower.end == nil, !Task.isCancelled {
            let last = subscription.follower.results.last { $0["data"]?["issueChanged"]?["id"]?.stringValue == id }
            if last?["data"]?["issueChanged"]?["issue"]?["title"] == title { break }
            await Task.yield()
        }
    }

    private func events(of subscription: Subscription) -> [JSONValue] {
        subscription.follower.results.compactMap { $0["data"]?["issueChanged"] }
    }

    /// Whether a subscriber has seen each state once, and nothing that its key may not see.
    private func check(_ subscription: Subscription) {
        var last: [String: JSONValue] = [:]
        for event in events(of: subscription) {
            let id = event["id"]?.stringValue ?? ""
            let issue = event["issue"] ?? .null
            if let before = last[id], !issue.isNull { #expect(before != issue, "twice: \(event)") }
            last[id] = issue
            let isHidden = upstream.states(of: id, since: gateway.clock.start).contains { $0?["hidden"] != nil }
            #expect(subscription.key == "k0" || !isHidden, "seen by \(subscription.key): \(event)")
        }
    }
}
