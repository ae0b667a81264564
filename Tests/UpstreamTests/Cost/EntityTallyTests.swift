import GraphQL
import JSON
import Testing

@testable import Upstream

@Suite struct EntityTallyTests {
    @Test func guaranteedKeysAreCountedOnceForEachWorkspace() throws {
        let bound = try BoundSchema(
            "type Query { a: A @rest(get: \"/a\") } type A @entity(get: \"/a/{id}\") { id: ID! }"
        )
        let type = try #require(bound.schema["A"])
        var tally = EntityTally(entity: try #require(bound.table.entity(of: type.id)))
        #expect(tally.leastCalls(scans: false) == [])
        #expect(tally.leastCalls(scans: true) == [])
        tally.addGuaranteed("x", workspace: 0, step: 4)
        tally.addGuaranteed("x", workspace: 0, step: 2)
        tally.addGuaranteed("y", workspace: 0, step: 5)
        tally.addGuaranteed("x", workspace: 1, step: 6)
        #expect(tally.leastCalls(scans: false).sorted() == [2, 5, 6])
        // One page of each workspace could have all of its objects.
        #expect(tally.leastCalls(scans: true).sorted() == [2, 6])
        // Keys that only look the same are two.
        for key in ["caf\u{E9}", "cafe\u{301}"] { tally.addGuaranteed(key, workspace: 2, step: 7) }
        #expect(tally.leastCalls(scans: false).sorted() == [2, 5, 6, 7, 7])
        tally.add(keys: 3, workspaces: 1, step: 0)
        tally.add(keys: CostRange.ceiling, workspaces: 2, step: 1)
        #expect(tally.keys == CostRange.ceiling)
        #expect(tally.steps.map { [$0.index, $0.keys, $0.workspaces] } == [[0, 3, 1], [1, CostRange.ceiling, 2]])
    }
}
