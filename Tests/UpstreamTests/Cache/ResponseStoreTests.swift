import Foundation
import GraphQL
import JSON
import Synchronization
import Testing

@testable import Upstream

/// What a store returns, at once or later, is used in place of calls.
@Suite struct ResponseStoreTests {
    private static let sdl = """
        schema @upstream @cacheControl(maxAge: 60) { query: Query mutation: Mutation }
        type Query { thing(id: ID!): Thing @rest(get: "/things/{id}") }
        type Mutation { rename(id: ID!, name: String): Thing @rest(patch: "/things/{id}") }
        type Thing @entity(get: "/things/{id}") { id: ID! name: String }
        """

    private static func key(_ path: String) -> CacheKey {
        CacheKey(workspace: 0, scope: .credential(Credential(authorization: nil)), path: path)
    }

    private static func response(_ json: String, age: Duration = .zero) throws -> CachedResponse {
        CachedResponse(
            SourceDocument(try JSONDocument(parsing: Array(json.utf8)), origin: 0),
            validators: CachedResponse.Validators(entityTag: "\"1\""),
            generatedAt: CallBroker.frozenTime - age,
            startedAt: 0
        )
    }

    /// Responds with the object of the path, and with 304 to whoever has the entity tag.
    private static let transport: @Sendable (TransportRequest) async -> ScriptedTransport.Outcome = { request in
        if request.headers.contains(where: { $0.name.lowercased() == "if-none-match" }) { return .status(304, "") }
        let id = request.path.split(separator: "/").last ?? ""
        return .json(#"{"id":"\#(id)","name":"upstream"}"#)
    }

    @Test func aFreshResponseThatComesLaterTakesNoCall() async throws {
        let store = LaterStore(elsewhere: [Self.key("/things/1"): try Self.response(#"{"id":"1","name":"stored"}"#)])
        let harness = try UpstreamHarness(
            Self.sdl,
            transport: ScriptedTransport(requests: Self.transport),
            store: store
        )
        let response = try await harness.run(#"{ a: thing(id: "1") { name } b: thing(id: "2") { name } }"#)
        #expect(response == ["data": ["a": ["name": "stored"], "b": ["name": "upstream"]]])
        #expect(harness.transport.log == ["GET /things/2"])
        #expect(store.paths == ["/things/1", "/things/2"])
    }

    @Test func aStaleResponseThatComesLaterIsRevalidated() async throws {
        let stale = try Self.response(#"{"id":"1","name":"stored"}"#, age: .seconds(61))
        let store = LaterStore(elsewhere: [Self.key("/things/1"): stale])
        let harness = try UpstreamHarness(
            Self.sdl,
            transport: ScriptedTransport(requests: Self.transport),
            store: store
        )
        let response = try await harness.run(#"{ thing(id: "1") { name } }"#)
        #expect(response == ["data": ["thing": ["name": "stored"]]])
        #expect(harness.transport.log == ["GET /things/1"])
        // Now it is at hand.
        #expect(try await harness.run(#"{ thing(id: "1") { name } }"#) == response)
        #expect(harness.transport.requests.count == 1)
        #expect(store.paths == ["/things/1"])
    }

    @Test func aResponseFromBeforeAWriteIsNotUsed() async throws {
        let store = LaterStore(elsewhere: [Self.key("/things/1"): try Self.response(#"{"id":"1","name":"stored"}"#)])
        let harness = try UpstreamHarness(
            Self.sdl,
            transport: ScriptedTransport { _ in .json(#"{"id":"1","name":"new"}"#) },
            store: store
        )
        _ = store.invalidations(of: 0).ended(InvalidationScope(), startedAt: 0)
        #expect(try await harness.run(#"{ thing(id: "1") { name } }"#) == ["data": ["thing": ["name": "new"]]])
    }

    @Test func storedResponsesUseUpNoAllowance() async throws {
        let stored = try Self.response(#"{"id":"1","name":"stored"}"#)
        let paths = (1...3).map { "/things/\($0)" }
        let store = LaterStore(
            elsewhere: Dictionary(uniqueKeysWithValues: paths.prefix(2).map { (Self.key($0), stored) })
        )
        let broker = CallBroker.single(transport: ScriptedTransport(requests: Self.transport), store: store)
        let session = CallSession(
            broker: broker,
            context: CallContext(
                credentials: [Credential(authorization: nil)],
                deadline: CallBroker.frozenTime + .milliseconds(20),
                caller: CallerID("test"),
                allowance: CallAllowance(1)
            )
        )
        var policy = CachePolicy.none
        policy.maxAge = .seconds(60)
        let calls = paths.map { Call(workspace: 0, path: $0) }
        let outcomes = await session.fetch(calls, purpose: CallPurpose(policy: policy))
        let areFound = outcomes.map { if case .found = $0 { true } else { false } }
        #expect(areFound == [true, true, true])
        let more = await session.fetch([Call(workspace: 0, path: "/things/4")], purpose: CallPurpose(policy: policy))
        guard case .failed(let failure)? = more.first else {
            Issue.record("More calls were made than are allowed.")
            return
        }
        #expect(failure.extensions["code"] == .string("TOO_EXPENSIVE"))
    }

    @Test(arguments: [
        (StoreCondition.always, [true, true, true]), (.newer, [true, false, true]),
        (.unchanged(generation: 0), [false, false, false]),
    ])
    func storeConditionDecidesWhetherToReplace(condition: StoreCondition, isStored: [Bool]) throws {
        // Over nothing, over a response that is as new, and over one that is older.
        let stored = try [nil, Self.response("1"), Self.response("2", age: .seconds(1))]
        let found = try stored.map { old in
            let store = InMemoryResponseStore(workspaces: 1)
            let new = try Self.response("3")
            if let old { store.store(old, entities: nil, for: Self.key("/a"), if: .always) }
            let changes = store.changes(in: Self.key("/a").scope)
            store.store(new, entities: nil, for: Self.key("/a"), if: condition)
            guard case .found(let response) = store.response(for: Self.key("/a")) else { return false }
            let isNew = response.generation == new.generation
            if case .always = condition { #expect(store.changes(in: Self.key("/a").scope) > changes) }
            return isNew
        }
        #expect(found == isStored)
    }

    @Test func conditionalStoreReplacesItsGenerationOnly() throws {
        let store = InMemoryResponseStore(workspaces: 1)
        let old = try Self.response("1")
        let new = try Self.response("2")
        store.store(old, entities: nil, for: Self.key("/a"), if: .always)
        store.store(new, entities: nil, for: Self.key("/a"), if: .unchanged(generation: old.generation))
        guard case .found(let response) = store.response(for: Self.key("/a")) else {
            Issue.record("Nothing is stored.")
            return
        }
        #expect(response.generation == new.generation)
        #expect(store.remove(Self.key("/a")))
        #expect(!store.remove(Self.key("/a")))
    }

    private static func list(_ ids: Range<Int>) throws -> (response: CachedResponse, entities: ResponseEntities) {
        let rows = ids.map { #"{"id":"\#($0)"}"# }.joined(separator: ",")
        let response = try response("[\(rows)]")
        let json = try #require(response.document).json
        let nodes = zip(ids, json.elements(of: 0)).map { (key: "\($0)", node: $1) }
        return (response, ResponseEntities(type: TypeID(index: 0), nodes: nodes, isList: true))
    }

    private static func entity(_ id: Int) -> EntityKey {
        EntityKey(
            workspace: 0,
            scope: .credential(Credential(authorization: nil)),
            type: TypeID(index: 0),
            key: ExactString("\(id)")
        )
    }

    /// Looks for objects on a thread of its own, as busy tasks may all wait for one.
    private final class Reader: Sendable {
        private let lookups = Atomic(0)
        private let misses = Atomic(0)

        /// So many objects are looked for.
        private static let enough = 30_000

        var hasEnded: Bool { lookups.load(ordering: .acquiring) >= Self.enough }
        var missed: Int { misses.load(ordering: .relaxed) }

        func start(_ store: InMemoryResponseStore, _ ids: [Int]) {
            let keys = ids.map { ResponseStoreTests.entity($0) }
            Thread.detachNewThread { [self] in
                while !hasEnded {
                    for key in keys where store.entity(for: key) == nil { misses.add(1, ordering: .relaxed) }
                    lookups.add(keys.count, ordering: .acquiringAndReleasing)
                }
            }
        }
    }

    /// A response is replaced by another one at the same instant as its entities.
    @Test func anObjectOfAListIsFoundWhileTheListIsReplaced() throws {
        let store = InMemoryResponseStore(workspaces: 1)
        let (first, entities) = try Self.list(0..<500)
        store.store(first, entities: entities, for: Self.key("/things"), if: .always)
        let reader = Reader()
        reader.start(store, [0, 249, 499])
        while !reader.hasEnded {
            let (next, entities) = try Self.list(0..<500)
            store.store(next, entities: entities, for: Self.key("/things"), if: .always)
        }
        #expect(reader.missed == 0)
    }

    @Test func aResponseThatIsNotStoredTakesNoEntitiesFromTheOneThatIs() throws {
        let store = InMemoryResponseStore(workspaces: 1)
        let (first, entities) = try Self.list(0..<3)
        store.store(first, entities: entities, for: Self.key("/things"), if: .always)
        let (other, others) = try Self.list(0..<3)
        store.store(other, entities: others, for: Self.key("/things"), if: .unchanged(generation: 0))
        for id in 0..<3 { #expect(store.entity(for: Self.entity(id))?.document === first.document) }
        store.store(other, entities: others, for: Self.key("/things"), if: .unchanged(generation: first.generation))
        for id in 0..<3 { #expect(store.entity(for: Self.entity(id))?.document === other.document) }
    }
}
