import GatewayTestSupport
import JSON
import Sandbox
import TestSupport
import Testing

/// Nobody ever sees a row of another key, however requests of many keys are mixed; only what the schema declares as the
/// workspace's is shared.
@Suite struct IsolationTests {
    /// A key, and what the upstream shows to it.
    private struct Viewer: Sendable {
        let key: String
        let projects: Set<String>
        let issues: Set<String>
    }

    /// What one client asks.
    private struct Step: Sendable {
        let viewer: Viewer
        let query: String
        /// The ids that the query names.
        let named: [String]
    }

    private static let names = ["ada", "bo", "cy", "dee", "eli", "fay"]

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func nobodySeesARowOfAnotherKey(seed: UInt64) async throws {
        let configuration = SandboxUnderTest.configuration { $0.latency = .milliseconds(2) }
        try await SandboxUnderTest.run(configuration) { sandbox in
            let viewers = try await viewers(sandbox)
            var generator = SeededGenerator(seed: seed)
            try await sandbox.withGateway { gateway in
                for _ in 0..<12 {
                    let steps = (0..<8).map { _ in step(viewers, &generator) }
                    try await withThrowingTaskGroup(of: (Step, JSONValue).self) { group in
                        for step in steps {
                            group.addTask { (step, try await gateway.query(step.query, key: step.viewer.key).json()) }
                        }
                        for try await (step, response) in group { expectOwnRows(response, step) }
                    }
                }
            }
            #expect(sandbox.server.calls().keys.count == viewers.count)
        }
    }

    @Test func keysSeeDifferentRows() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            let viewers = try await viewers(sandbox)
            #expect(viewers[0].projects.count == 12)
            #expect(viewers[0].issues.count == 230)
            #expect(Set(viewers.map(\.issues)).count == viewers.count)
            for viewer in viewers.dropFirst() { #expect(viewer.issues.isStrictSubset(of: viewers[0].issues)) }
        }
    }

    @Test func onlyResponsesOfScopeWorkspaceAreShared() async throws {
        let declared = try Self.schemaWithSharedProjects()
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            let viewers = try await viewers(sandbox)
            let (owner, member) = (viewers[0], viewers[1])
            try await sandbox.withGateway(schema: declared) { gateway in
                let projects = "{ projects(first: 100) { nodes { id } } }"
                let issues = "{ issues(first: 1000) { nodes { id } } }"
                // The upstream has to accept the member's key itself before anything is shared with it.
                #expect(Set(ids(try await gateway.query(issues, key: member.key).json(), "issues")) == member.issues)
                let calls = sandbox.server.calls()
                #expect(
                    Set(ids(try await gateway.query(projects, key: owner.key).json(), "projects")) == owner.projects
                )
                // What the owner's key fetched serves the member too: the schema says so.
                #expect(
                    Set(ids(try await gateway.query(projects, key: member.key).json(), "projects")) == owner.projects
                )
                #expect(sandbox.server.calls().total == calls.total + 1)
                #expect(Set(ids(try await gateway.query(issues, key: owner.key).json(), "issues")) == owner.issues)
                #expect(Set(ids(try await gateway.query(issues, key: member.key).json(), "issues")) == member.issues)
                // A single project is not declared so, though the list that was shared holds it.
                let hidden = try #require(owner.projects.subtracting(member.projects).min())
                let query = "{ project(id: \"\(hidden)\") { id } }"
                #expect(try await gateway.query(query, key: member.key).json() == ["data": ["project": .null]])
            }
        }
    }

    @Test func withoutAKeyNoSharedResponseIsShown() async throws {
        let declared = try Self.schemaWithSharedProjects()
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway(schema: declared) { gateway in
                let query = #"{ projects(workspaces: ["acme", "globex"], first: 5) { nodes { id } } }"#
                let all = try await gateway.askAll(query)
                #expect(try all.json()["data"]?["projects"]?["nodes"]?.arrayValue?.count == 5)
                let globex = #"{ projects(workspaces: ["globex"], first: 5) { nodes { id } } }"#
                _ = try await gateway.askAll(globex)
                let calls = sandbox.server.calls().total
                for _ in 1...4 {
                    let stranger = try await gateway.query(globex, key: SandboxUnderTest.ownerKey("acme"))
                    #expect(try (stranger.json()["data"]?["projects"]?["nodes"]?.arrayValue ?? []).isEmpty)
                }
                #expect(sandbox.server.calls().total == calls)
            }
        }
    }

    @Test func aKeyIsSentToItsOwnWorkspaceOnly() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway { gateway in
                let query =
                    #"{ workspaces { slug } other: workspace(slug: "globex") { projects { totalCount } } projects { totalCount } }"#
                let response = try await gateway.query(query, key: "wsk_live_acme").json()
                #expect(response["data"]?["workspaces"] == [["slug": "acme"]])
                #expect(response["data"]?["other"]?["projects"]?.isNull ?? true)
                #expect(response["data"]?["projects"]?["totalCount"] == 12)
                #expect(sandbox.server.calls().keys.keys.sorted() == ["wsk_live_acme"])
            }
        }
    }

    // MARK: - Set-up

    /// The example's schema, whose lists of projects are declared to be the same for every key.
    private static func schemaWithSharedProjects() throws -> String {
        let list = #"): ProjectConnection @rest(list: "/projects{?status,sort,order}", equals: ["status"])"#
        let schema = try RepositoryFile.schemaText()
        #expect(schema.contains(list))
        return schema.replacing(list, with: list + #" @cacheControl(maxAge: 30, scope: "WORKSPACE")"#)
    }

    private func viewers(_ sandbox: SandboxUnderTest) async throws -> [Viewer] {
        var viewers: [Viewer] = []
        for key in ["wsk_live_acme"] + Self.names.map({ "wsk_live_acme_\($0)" }) {
            viewers.append(
                Viewer(
                    key: key,
                    projects: try await sandbox.ids(of: "projects", key: key),
                    issues: try await sandbox.ids(of: "issues", key: key)
                )
            )
        }
        return viewers
    }

    /// Draws a query that some key asks, about rows that it may or may not see.
    private func step(_ viewers: [Viewer], _ generator: inout SeededGenerator) -> Step {
        let viewer = viewers[generator.below(viewers.count)]
        let projects = viewers[0].projects.sorted()
        let issues = viewers[0].issues.sorted()
        let some = (0..<1 + generator.below(8)).map { _ in issues[generator.below(issues.count)] }
        let project = projects[generator.below(projects.count)]
        switch generator.below(6) {
        case 0:
            return Step(
                viewer: viewer,
                query: "{ issues(first: 1000) { totalCount nodes { id project { id } } } }",
                named: []
            )
        case 1:
            return Step(
                viewer: viewer,
                query: "{ projects { totalCount nodes { id issues(first: 40) { nodes { id } } } } }",
                named: []
            )
        case 2:
            let fields = some.enumerated().map { "i\($0.offset): issue(id: \"\($0.element)\") { id project { id } }" }
            return Step(viewer: viewer, query: "{ \(fields.joined(separator: " ")) }", named: some)
        case 3:
            return Step(
                viewer: viewer,
                query: "{ project(id: \"\(project)\") { id issues { nodes { id } } } }",
                named: [project]
            )
        case 4:
            return Step(
                viewer: viewer,
                query: "{ issues(projectId: \"\(project)\") { nodes { id project { id } } } }",
                named: []
            )
        default:
            return Step(
                viewer: viewer,
                query: "{ issues(first: 7, status: \"open\") { nodes { id project { id } } } }",
                named: []
            )
        }
    }

    private func expectOwnRows(_ response: JSONValue, _ step: Step) {
        let visible = step.viewer.projects.union(step.viewer.issues)
        #expect(response["errors"] == nil)
        let seen = Set(ids(in: response))
        #expect(seen.isSubset(of: visible), "\(step.viewer.key) saw rows of others: \(step.query)")
        // What it may see, it does see.
        #expect(Set(step.named).intersection(visible).isSubset(of: seen))
        if let total = response["data"]?["issues"]?["totalCount"] {
            #expect(total == .integer(step.viewer.issues.count))
        }
        if let total = response["data"]?["projects"]?["totalCount"] {
            #expect(total == .integer(step.viewer.projects.count))
        }
    }

    /// All ids in a value, at any depth.
    private func ids(in value: JSONValue) -> [String] {
        switch value {
        case .array(let items): items.flatMap { ids(in: $0) }
        case .object(let members):
            members.flatMap { member in
                if member.0 == "id", let id = member.1.stringValue { [id] } else { ids(in: member.1) }
            }
        default: []
        }
    }

    private func ids(_ response: JSONValue, _ field: String) -> [String] {
        (response["data"]?[field]?["nodes"]?.arrayValue ?? []).compactMap { $0["id"]?.stringValue }
    }
}
