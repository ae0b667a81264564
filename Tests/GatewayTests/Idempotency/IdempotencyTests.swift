import GatewayTestSupport
import GraphQL
import JSON
import Synchronization
import Testing
import Upstream

@testable import Gateway

/// Writes with idempotency keys are carried out once.
@Suite(.timeLimit(.minutes(15))) struct IdempotencyTests {
    private static let sdl = """
        schema @upstream { query: Query mutation: Mutation }
        type Query { thing(id: ID!): Thing @rest(get: "/things/{id}") }
        type Mutation { makeThing(name: String): Thing @rest(post: "/things{?name}") }
        type Thing @entity(get: "/things/{id}") { id: ID! name: String }
        """

    private static let write = GraphQLRequest(query: #"mutation { makeThing(name: "A") { id name } }"#)
    private static let made: JSONValue = ["data": ["makeThing": ["id": "a", "name": "A"]]]

    /// A clock that stands still until it is moved, with timers of its own.
    private final class Clock: Sendable {
        private let state = Mutex(
            (now: ContinuousClock.now, alarms: [(at: ContinuousClock.Instant, run: @Sendable () -> Void)]())
        )

        var now: ContinuousClock.Instant { state.withLock { $0.now } }
        var alarmCount: Int { state.withLock { $0.alarms.count } }

        func schedule(_ instant: ContinuousClock.Instant, _ run: @escaping @Sendable () -> Void) {
            state.withLock { $0.alarms.append((instant, run)) }
        }

        func advance(by duration: Duration) {
            let due = state.withLock { state in
                state.now += duration
                let due = state.alarms.filter { $0.at <= state.now }
                state.alarms.removeAll { $0.at <= state.now }
                return due
            }
            for alarm in due { alarm.run() }
        }
    }

    private func service(_ transport: HeldTransport, clock: Clock = Clock()) throws -> GatewayService {
        var configuration = try ServiceConfiguration.oneWorkspace(Self.sdl, before: transport)
        configuration.now = { clock.now }
        configuration.schedule = { clock.schedule($0, $1) }
        return GatewayService(configuration)
    }

    private func ask(
        _ service: GatewayService,
        _ request: GraphQLRequest = write,
        key: String = "k",
        header: String? = "\"one\""
    ) -> Task<GraphQLResponse, Never> {
        var caller = Caller(credential: Credential(key: key))
        caller.idempotency = header.map { IdempotencyField($0) }
        return Task { [caller] in await service.respond(to: request, caller: caller) }
    }

    private func code(_ response: GraphQLResponse) throws -> JSONValue? {
        try JSONValue(parsing: response.body)["errors"]?[0]?["extensions"]?["code"]
    }

    private static func answering() -> HeldTransport {
        let transport = HeldTransport { _ in (201, #"{"id":"a","name":"A"}"#) }
        transport.open()
        return transport
    }

    @Test func theSameRequestGetsTheFirstResponseAgain() async throws {
        let transport = Self.answering()
        let service = try service(transport)
        // Quoted or bare, in the header or in the extensions: it is the same key.
        let first = await ask(service).value
        let bare = await ask(service, header: "one").value
        var stated = Self.write
        stated.extensions = ["idempotencyKey": "one"]
        let extended = await ask(service, stated, header: nil).value
        #expect(try JSONValue(parsing: first.body) == Self.made)
        #expect(bare.body == first.body)
        #expect(extended.body == first.body)
        #expect(transport.paths == ["/things?name=A"])
    }

    @Test func anotherRequestWithTheSameKeyIsRefused() async throws {
        let transport = Self.answering()
        let service = try service(transport)
        _ = await ask(service).value
        let other = GraphQLRequest(query: #"mutation { makeThing(name: "B") { id } }"#)
        let refused = await ask(service, other).value
        #expect(refused.kind == .mismatch)
        #expect(try code(refused) == "IDEMPOTENCY_KEY_REUSED")
        #expect(transport.paths == ["/things?name=A"])
    }

    @Test func aKeyBelongsToItsCredential() async throws {
        let transport = Self.answering()
        let service = try service(transport)
        for key in ["k", "other", "k"] { _ = await ask(service, key: key).value }
        #expect(transport.paths.count == 2)
    }

    @Test func aReloadWithOtherWorkspacesReplaysNoResponseOfTheFormer() async throws {
        let transport = Self.answering()
        let schema = try LoadedSchema(Source(Self.sdl))
        func service(_ slug: String, _ url: String, _ key: String?, after former: GatewayService?) -> GatewayService {
            let credential = key.map { Credential(key: $0) }
            let workspace = WorkspaceConfiguration(slug: slug, baseURL: url, credential: credential)
            return GatewayService(
                ServiceConfiguration(schema: schema, workspaces: [workspace], transport: transport),
                replacing: former
            )
        }
        for key in ["own", nil] {
            let made = transport.paths.count
            var caller = Caller(credential: key.map { Credential(key: $0) })
            caller.idempotency = IdempotencyField("\"one\"")
            let first = service("a", "http://upstream", "configured", after: nil)
            _ = await first.respond(to: Self.write, caller: caller)
            let same = service("a", "http://upstream", "rotated", after: first)
            _ = await same.respond(to: Self.write, caller: caller)
            #expect(transport.paths.count == made + 1)
            let others = [("b", "http://upstream"), ("a", "http://elsewhere")]
            for (count, (slug, url)) in others.enumerated() {
                let other = service(slug, url, "configured", after: same)
                _ = await other.respond(to: Self.write, caller: caller)
                #expect(transport.paths.count == made + 2 + count)
            }
        }
    }

    @Test func withoutAKeyEachRequestIsCarriedOut() async throws {
        let transport = Self.answering()
        let service = try service(transport)
        for _ in 0..<2 { _ = await ask(service, header: nil).value }
        #expect(transport.paths.count == 2)
    }

    @Test func keyExpiresAfterADay() async throws {
        let (transport, clock) = (Self.answering(), Clock())
        let service = try service(transport, clock: clock)
        _ = await ask(service).value
        clock.advance(by: .seconds(24 * 3600 - 1))
        _ = await ask(service).value
        #expect(transport.paths.count == 1)
        clock.advance(by: .seconds(1))
        _ = await ask(service).value
        #expect(transport.paths.count == 2)
    }

    @Test func aDuplicateWaitsForTheFirst() async throws {
        let transport = HeldTransport { _ in (201, #"{"id":"a","name":"A"}"#) }
        let service = try service(transport)
        let first = ask(service)
        await transport.requests(reach: 1)
        let others = (0..<5).map { _ in ask(service) }
        transport.open()
        for task in [first] + others { #expect(try JSONValue(parsing: await task.value.body) == Self.made) }
        #expect(transport.paths.count == 1)
    }

    @Test func aDuplicateWhoseTimeIsUpIsRefused() async throws {
        let (transport, clock) = (HeldTransport { _ in (201, #"{"id":"a","name":"A"}"#) }, Clock())
        let service = try service(transport, clock: clock)
        let first = ask(service)
        await transport.requests(reach: 1)
        let alarms = clock.alarmCount
        let second = ask(service)
        while clock.alarmCount == alarms, !Task.isCancelled { await Task.yield() }
        clock.advance(by: .seconds(30))
        let refused = await second.value
        #expect(refused.kind == .conflict)
        #expect(try code(refused) == "IDEMPOTENCY_KEY_IN_USE")
        transport.open()
        #expect(try JSONValue(parsing: await first.value.body) == Self.made)
    }

    /// A client that has lost its connection gets the response when it asks again.
    @Test func aClientThatDisconnectsDoesNotEndTheWrite() async throws {
        let transport = HeldTransport { _ in (201, #"{"id":"a","name":"A"}"#) }
        let service = try service(transport)
        let first = ask(service)
        await transport.requests(reach: 1)
        first.cancel()
        transport.open()
        #expect(try JSONValue(parsing: await ask(service).value.body) == Self.made)
        #expect(transport.paths.count == 1)
    }

    @Test func failureWithoutAWriteIsNotStored() async throws {
        let status = Atomic(401)
        let transport = HeldTransport { _ in
            (status.load(ordering: .relaxed), #"{"id":"a","name":"A"}"#)
        }
        transport.open()
        let service = try service(transport)
        #expect(try code(await ask(service).value) == "UNAUTHENTICATED")
        status.store(201, ordering: .relaxed)
        #expect(try JSONValue(parsing: await ask(service).value.body) == Self.made)
        // The outcome of this one is unknown: it must not be sent again.
        status.store(500, ordering: .relaxed)
        let unknown = await ask(service, header: "two").value
        #expect(try code(unknown) == "UPSTREAM_OUTCOME_UNKNOWN")
        #expect(await ask(service, header: "two").value.body == unknown.body)
        #expect(transport.paths.count == 3)
    }

    @Test(arguments: [
        "", "\"", "\"a", "\"a\" b", "a b", "a, b", "\"é\"", "\"a\\n\"", String(repeating: "a", count: 256),
    ])
    func aKeyThatCannotBeReadIsRefused(header: String) async throws {
        let transport = Self.answering()
        let refused = await ask(try service(transport), header: header).value
        #expect(refused.kind == .malformed)
        #expect(try code(refused) == "BAD_USER_INPUT")
        #expect(transport.paths.isEmpty)
    }

    @Test(arguments: [
        (#""a\"b\\c""#, #"a"b\c"#), (#""a b";x=1"#, "a b"), ("a-b_c.d", "a-b_c.d"),
    ])
    func aKeyIsAStringOfStructuredFields(header: String, text: String) throws {
        #expect(try IdempotencyKey(field: header).text == text)
    }

    @Test func keysAreComparedByTheirBytes() async throws {
        let transport = Self.answering()
        let service = try service(transport)
        for (key, name) in [("caf\u{E9}", "A"), ("cafe\u{301}", "B")] {
            var request = GraphQLRequest(query: "mutation { makeThing(name: \"\(name)\") { id } }")
            request.extensions = ["idempotencyKey": .string(key)]
            #expect(try code(await ask(service, request, header: nil).value) == nil, "\(name)")
        }
        #expect(transport.paths.count == 2)
    }

    /// What one caller stores drops no reply of another one that has less.
    @Test func repliesOfTheCallerWithTheMostBytesAreDropped() throws {
        var options = IdempotencyOptions()
        options.maximumBytes = 8 * 1024
        let store = IdempotencyStore<String>(options)
        let now = ContinuousClock.now
        func request(_ client: String, _ number: Int) throws -> IdempotentRequest {
            let key = try IdempotencyKey(field: "\(number)")
            let spender = IdempotentRequest.Spender.key(Credential(key: client), slug: "main", baseURL: "")
            return IdempotentRequest(
                IdempotentRequest.Name(spenders: [spender], key: key, position: nil),
                owners: [.key(Credential(key: client))],
                content: .null
            )
        }
        func end(_ request: IdempotentRequest, bytes: Int) {
            guard case .execute(let ticket) = store.begin(request, at: now) else { return }
            store.end(ticket, with: "reply", bytes: bytes)
        }
        func isStored(_ request: IdempotentRequest) -> Bool {
            if case .replay = store.begin(request, at: now) { true } else { false }
        }
        end(try request("small", 1), bytes: 512)
        for number in 0..<50 { end(try request("large", number), bytes: 1536) }
        #expect(isStored(try request("small", 1)))
        #expect(isStored(try request("large", 49)))
        #expect(!isStored(try request("large", 0)))
    }

    @Test func theOldestResponsesAreDroppedFirst() {
        var options = IdempotencyOptions()
        options.maximumBytes = 3 * 1040
        let store = IdempotencyStore<String>(options)
        let now = ContinuousClock.now
        func request(_ number: Int) throws -> IdempotentRequest {
            let name = IdempotentRequest.Name(spenders: [], key: try IdempotencyKey(field: "\(number)"), position: nil)
            return IdempotentRequest(name, owners: [], content: .null)
        }
        for number in 0..<10 {
            guard let request = try? request(number), case .execute(let ticket) = store.begin(request, at: now) else {
                Issue.record("The request \(number) is new.")
                continue
            }
            store.end(ticket, with: "\(number)", bytes: 512)
        }
        #expect(store.count == 3)
        for number in 0..<10 {
            guard let request = try? request(number) else { continue }
            let isStored = if case .replay("\(number)") = store.begin(request, at: now) { true } else { false }
            #expect(isStored == (number >= 7))
        }
    }
}
