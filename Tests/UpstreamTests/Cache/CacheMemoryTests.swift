import GraphQL
import JSON
import Testing

@testable import Upstream

/// What caches and tables of knowledge take up, each in a process of its own: as much as they count.
@Suite struct CacheMemoryTests {
    @Test func aCacheOfThingsThatAreMissingTakesUpWhatItCounts() async {
        await #expect(processExitsWith: .success) { MeasuredMemory.aCacheOfThingsThatAreMissingTakesUpWhatItCounts() }
    }

    @Test func aCacheOfSmallObjectsTakesUpWhatItCounts() async {
        await #expect(processExitsWith: .success) { MeasuredMemory.aCacheOfSmallObjectsTakesUpWhatItCounts() }
    }

    @Test func aCacheOfListsTakesUpWhatItCounts() async {
        await #expect(processExitsWith: .success) { MeasuredMemory.aCacheOfListsTakesUpWhatItCounts() }
    }

    @Test func aCacheOfLongNamesTakesUpWhatItCounts() async {
        await #expect(processExitsWith: .success) { MeasuredMemory.aCacheOfLongNamesTakesUpWhatItCounts() }
    }

    // MARK: - Knowledge

    @Test func knowledgeOfWhatClientsAskForIsBounded() async {
        await #expect(processExitsWith: .success) { MeasuredMemory.knowledgeOfWhatClientsAskForIsBounded() }
    }

    @Test func whatIsKnownOfCredentialsIsBounded() async {
        await #expect(processExitsWith: .success) { MeasuredMemory.whatIsKnownOfCredentialsIsBounded() }
    }
}

/// What the processes of the tests do.
private enum MeasuredMemory {
    static let capacity = 16 << 20
    static let now = ContinuousClock.now
    static let type = TypeID(index: 1)

    static func key(_ path: String, _ credential: Int = 0) -> CacheKey {
        CacheKey(
            workspace: 0,
            scope: .credential(Credential(key: "wsk_live_0123456789abcdef0123456789abcdef\(credential)")),
            path: path
        )
    }

    /// Fills a cache several times over, and compares what it counts with what the process takes up.
    static func expectHonestCost(_ count: Int, _ fill: (InMemoryResponseStore, Int) -> Void) {
        // What the process itself needs for the first of all entries is not the cache's.
        let first = InMemoryResponseStore(capacity: 1 << 20, workspaces: 1)
        for index in 0..<count / 20 { fill(first, index) }
        let (cache, bytes) = ResidentMemory.growth {
            let cache = InMemoryResponseStore(capacity: capacity, workspaces: 1)
            for index in 0..<count { fill(cache, index) }
            return cache
        }
        let cost = cache.cost
        #expect(cost <= capacity)
        // It is full, in responses at least.
        #expect(cost >= capacity / 8 * 6, "\(cost)")
        // What has been freed stays with the process: blocks of another size do not fit where one was.
        #expect(bytes <= cost + cost / 4, "\(bytes) bytes are resident, \(cost) are counted")
        #expect(bytes >= cost / 2, "\(bytes) bytes are resident, \(cost) are counted")
    }

    /// The most bytes that all tables of knowledge may take up together.
    static let knowledgeBytes = 24 << 20

    static func aCacheOfThingsThatAreMissingTakesUpWhatItCounts() {
        expectHonestCost(120_000) { cache, index in
            cache.store(
                CachedResponse(nil, generatedAt: now, startedAt: 0),
                entities: nil,
                for: key("/issues/\(index)-4a3f-9d1c-000000000000"),
                if: .always
            )
        }
    }

    static func aCacheOfSmallObjectsTakesUpWhatItCounts() {
        expectHonestCost(60_000) { cache, index in
            let id = "\(index)-4a3f-9d1c-000000000000"
            let json = #"{"id":"\#(id)","title":"A title of some words","status":"open","labels":["a","b"]}"#
            guard let document = try? JSONDocument(parsing: Array(json.utf8)) else { return }
            cache.store(
                CachedResponse(
                    SourceDocument(document),
                    validators: CachedResponse.Validators(entityTag: "\"\(index)-0123456789abcdef\""),
                    generatedAt: now,
                    startedAt: 0
                ),
                entities: ResponseEntities(type: type, nodes: [(key: id, node: 0)], isList: false),
                for: key("/issues/\(id)", index % 10),
                if: .always
            )
        }
    }

    static func aCacheOfListsTakesUpWhatItCounts() {
        expectHonestCost(1200) { cache, index in
            let ids = (0..<100).map { "\(index)-\($0)-4a3f-9d1c-000000000000" }
            let rows = ids.map { #"{"id":"\#($0)","title":"A title of some words","status":"open"}"# }
            let json = #"{"data":[\#(rows.joined(separator: ","))],"count":100}"#
            guard let document = try? JSONDocument(parsing: Array(json.utf8)),
                let list = document.member(named: "data", of: 0)
            else { return }
            let nodes = zip(ids, document.elements(of: list)).map { (key: $0, node: $1) }
            let entities = ResponseEntities(type: type, nodes: nodes, isList: true)
            cache.store(
                CachedResponse(
                    SourceDocument(document),
                    generatedAt: now,
                    startedAt: 0,
                    keyHashes: entities.keyHashes
                ),
                entities: entities,
                for: key("/issues?page=\(index)&per_page=100"),
                if: .always
            )
        }
    }

    static func aCacheOfLongNamesTakesUpWhatItCounts() {
        let long = String(repeating: "x", count: 3000)
        expectHonestCost(12_000) { cache, index in
            guard let document = try? JSONDocument(parsing: Array(#"{"id":"\#(index)"}"#.utf8)) else { return }
            let entities = ResponseEntities(
                type: type,
                nodes: (0..<3).map { (key: "\(index)-\($0)", node: 0) },
                isList: true
            )
            cache.store(
                CachedResponse(
                    SourceDocument(document),
                    generatedAt: now,
                    startedAt: 0,
                    keyHashes: entities.keyHashes
                ),
                entities: entities,
                for: key("/issues?assignee_id=\(long)\(index)"),
                if: .always
            )
        }
    }

    static func knowledgeOfWhatClientsAskForIsBounded() {
        let long = String(repeating: "x", count: 4000)
        let (knowledge, bytes) = ResidentMemory.growth {
            let knowledge = UpstreamKnowledge()
            for index in 0..<3000 {
                let path = "/issues?status=\(long)\(index)"
                let scope = CacheScope.credential(Credential(key: "\(long)\(index)"))
                let list = UpstreamKnowledge.CollectionKey(workspace: 0, scope: scope, path: path)
                let representation = MemberKnowledge.Representation(
                    workspace: 0,
                    credential: Credential(key: "\(long)\(index)"),
                    type: type,
                    source: .collection(path: path)
                )
                knowledge.learn(size: index, of: list, epoch: 0)
                knowledge.listDemand.note(Array(0..<128), of: list, areCertain: true, at: now)
                knowledge.objectDemand.note(Array(0..<128), of: list, areCertain: true, at: now)
                knowledge.paging.learn(total: index, of: list, at: now, epoch: 0)
                knowledge.paging.note(1, of: index, in: list)
                knowledge.paging.learn(PagingHabits(), workspace: 0, path: path + "/\(index)", at: now)
                let seen = (0..<50).map { ReadMember.own(JSONKey("\(long)\(index)-\($0)")) }
                knowledge.members.noteSeen(seen, of: type, object: "\(long)\(index)", workspace: 0, at: now)
                knowledge.aliases.learn("/me/\(path)", of: path, key: path, type: type, workspace: 0)
                for evidence in [MemberKnowledge.Evidence.detailOnly, .absent(agreement: 1)] {
                    knowledge.members.learn(
                        evidence,
                        of: .own(JSONKey("title")),
                        in: representation,
                        ofObject: "\(long)\(index)",
                        at: now,
                        epoch: 0
                    )
                }
            }
            return knowledge
        }
        #expect(bytes <= knowledgeBytes, "\(bytes) bytes")
        withExtendedLifetime(knowledge) {}
    }

    static func whatIsKnownOfCredentialsIsBounded() {
        let long = String(repeating: "x", count: 4000)
        let (log, bytes) = ResidentMemory.growth {
            let log = AcceptanceLog()
            let refreshes = FailedRefreshes()
            for index in 0..<4000 {
                let credential = Credential(key: "\(long)\(index)")
                log.accept(credential, at: now)
                refreshes.note(CacheKey(workspace: 0, scope: .credential(credential), path: long), at: now)
            }
            return (log, refreshes)
        }
        #expect(bytes <= 8 << 20, "\(bytes) bytes")
        withExtendedLifetime(log) {}
    }
}
