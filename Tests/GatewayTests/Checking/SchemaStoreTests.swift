import GraphQL
import Synchronization
import Testing

@testable import Gateway

@Suite struct SchemaStoreTests {
    /// Counts the schemas that are built.
    private final class Builds: Sendable {
        private let count = Atomic(0)

        func next() -> Int { count.add(1, ordering: .relaxed).newValue }
    }

    @Test func eachTextIsBuiltOnceWhileItIsStored() throws {
        let builds = Builds()
        var store = SchemaStore<Int> { _ in builds.next() }
        let texts = ["type Query { a: Int }", "type Query { b: Int }", "type Query { a: Int }"]
        #expect(try texts.map { try store.prepared(Array($0.utf8)).get() } == [1, 2, 1])
        guard case .failure = store.prepared(Array("type Query".utf8)) else {
            Issue.record("A schema without fields was built.")
            return
        }
    }
}
