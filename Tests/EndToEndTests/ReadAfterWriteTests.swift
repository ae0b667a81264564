import Gateway
import GatewayTestSupport
import JSON
import Sandbox
import Synchronization
import TestSupport
import Testing

/// While one key writes, readers of that key and of another repeat one query, so that its results are cached:
/// nobody is shown anything older than a write that had completed before the query was sent.
@Suite(.timeLimit(.minutes(15))) struct ReadAfterWriteTests {
    /// The last version whose write has completed.
    private final class Versions: Sendable {
        let written = Atomic<Int>(0)
        let reads = Atomic<Int>(0)
    }

    private static let writes = 40
    private static let leastReads = 400

    /// Queries that show the title of one issue in different places.
    private static func queries(of id: String) -> [String] {
        [
            "{ issue(id: \"\(id)\") { title } }",
            "{ again: issue(id: \"\(id)\") { name: title } }",
            "{ issues(first: 1000) { nodes { id title } } }",
            "{ all: issues(first: 1000) { edges { node { key: id text: title } } } }",
            "{ workspaces { issues(first: 1000) { nodes { id title } } } }",
        ]
    }

    /// The versions in a response; titles of other issues are none.
    private static func versions(in value: JSONValue) -> [Int] {
        switch value {
        case .string(let text): text.hasPrefix("version ") ? [Int(text.dropFirst(8)) ?? 0] : []
        case .array(let items): items.flatMap { versions(in: $0) }
        case .object(let members): members.flatMap { versions(in: $0.1) }
        case .null, .bool, .number: []
        }
    }

    @Test(arguments: 1...3) func nothingOlderThanACompletedWriteIsShown(seed: UInt64) async throws {
        let configuration = SandboxUnderTest.configuration { $0.issues = 60 }
        try await SandboxUnderTest.run(configuration) { sandbox in
            try await sandbox.withGateway { gateway in
                let owner = SandboxUnderTest.ownerKey("acme")
                let visible = try await sandbox.ids(of: "issues", key: owner + "_member")
                let id = try #require(visible.min())
                let state = Versions()
                try await Self.write(0, to: id, gateway, key: owner)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        for version in 1...Self.writes {
                            // Readers get time to be shown results that are cached.
                            while state.reads.load(ordering: .acquiring) < version * Self.leastReads / Self.writes,
                                !Task.isCancelled
                            {
                                await Task.yield()
                            }
                            try await Self.write(version, to: id, gateway, key: owner)
                            state.written.store(version, ordering: .releasing)
                        }
                    }
                    for reader in 0..<4 {
                        let key = reader == 3 ? owner + "_member" : owner
                        group.addTask {
                            var generator = SeededGenerator(seed: seed &* 31 &+ UInt64(reader))
                            let queries = Self.queries(of: id)
                            while state.written.load(ordering: .acquiring) < Self.writes {
                                let query = queries[generator.below(queries.count)]
                                let known = state.written.load(ordering: .acquiring)
                                let response = try await gateway.query(query, key: key).json()
                                state.reads.add(1, ordering: .releasing)
                                #expect(response["errors"] == nil)
                                let shown = Self.versions(in: response)
                                #expect(!shown.isEmpty)
                                #expect(shown.allSatisfy { $0 >= known }, "\(query): \(shown) after \(known)")
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                #expect(gateway.service.resultUse.reuses > 0)
            }
        }
    }

    private static func write(_ version: Int, to id: String, _ gateway: GatewayUnderTest, key: String) async throws {
        let text = "mutation { updateIssue(id: \"\(id)\", input: { title: \"version \(version)\" }) { issue { id } } }"
        let response = try await gateway.query(text, key: key).json()
        #expect(response["errors"] == nil)
    }
}
