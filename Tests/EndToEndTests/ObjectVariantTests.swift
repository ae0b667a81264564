import GatewayTestSupport
import JSON
import Sandbox
import Testing

/// Objects and writes are the same however the upstream shows them: rows as summaries, nulls left out, trash in lists.
@Suite struct ObjectVariantTests {
    /// How an upstream shows objects, and how it responds to writes.
    struct Variant: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let apply: @Sendable (inout SandboxBehavior) -> Void

        init(_ description: String, _ apply: @escaping @Sendable (inout SandboxBehavior) -> Void) {
            testDescription = description
            self.apply = apply
        }
    }

    static let variants: [Variant] = NullVariant.allCases.flatMap { nulls in
        RowRepresentation.allCases.flatMap { rows in
            [WrittenMembers.all, .id].map { written in
                Variant("nulls \(nulls), rows \(rows), writes \(written)") { behavior in
                    behavior.nulls = nulls
                    behavior.rows = rows
                    behavior.writtenMembers = written
                    behavior.location = .relative
                    behavior.missing = rows == .summary ? .deletedAt : .notFound
                    behavior.single = written == .id ? .wrapped : .bare
                    behavior.writeResponse = nulls == .omittedInObjects ? .empty : .object
                }
            }
        }
    }

    private static let members =
        "id title description status priority labels assigneeId dueDate project { id name description } customFields { all }"

    private static func value(_ query: String, _ gateway: GatewayUnderTest) async throws -> JSONValue {
        let json = try await gateway.askFirst(query).json()
        #expect(json["errors"] == nil, "\(query)")
        return json["data"] ?? .null
    }

    /// What a client sees of objects, and of a walk of writes, on sandboxes of equal data.
    private static func story(_ apply: @Sendable (inout SandboxBehavior) -> Void) async throws -> [JSONValue] {
        let configuration = SandboxUnderTest.configuration { apply(&$0.behavior) }
        return try await SandboxUnderTest.run(configuration) { sandbox in
            try await sandbox.withGateway { gateway in
                var seen: [JSONValue] = []
                let list = "{ issues(first: 40, sort: \"created_at\", order: ASC) { nodes { \(members) } } }"
                seen.append(try await value(list, gateway))
                let ids = seen[0]["issues"]?["nodes"]?.arrayValue?.compactMap { $0["id"]?.stringValue } ?? []
                let byKey = ids.prefix(12).enumerated().map { "f\($0): issue(id: \"\($1)\") { \(members) }" }
                seen.append(try await value("{ \(byKey.joined(separator: " ")) }", gateway))
                let project = seen[0]["issues"]?["nodes"]?[0]?["project"]?["id"]?.stringValue ?? ""
                let write = """
                    mutation { a: updateIssue(id: "\(ids[1])", input: { title: "A", description: null }) { issue { \(members) } } \
                    b: updateIssue(id: "\(ids[2])", input: { description: "B", dueDate: "2026-12-01" }) { issue { \(members) } } \
                    c: createIssue(input: { projectId: "\(project)", title: "C" }) { issue { title description dueDate project \
                    { id name } } } d: deleteIssue(id: "\(ids[3])") { deletedId } }
                    """
                seen.append(try await value(write, gateway))
                seen.append(try await value(list, gateway))
                let trashed = "{ a: issue(id: \"\(ids[3])\") { id } b: issue(id: \"\(ids[2])\") { \(members) } }"
                seen.append(try await value(trashed, gateway))
                return seen
            }
        }
    }

    private static let usual = Task { try await story { _ in } }

    @Test(arguments: variants) func noVariantChangesWhatObjectsShow(variant: Variant) async throws {
        let expected = try await Self.usual.value
        #expect(try await Self.story(variant.apply) == expected)
    }

    @Test func aQueuedWriteIsNotASuccess() async throws {
        let configuration = SandboxUnderTest.configuration { $0.behavior.writeCompletion = .queued }
        try await SandboxUnderTest.run(configuration) { sandbox in
            try await sandbox.withGateway { gateway in
                let make = #"mutation { createProject(input: { name: "New" }) { project { id } } }"#
                let json = try await gateway.askFirst(make).json()
                #expect(json["data"] == ["createProject": .null])
                #expect(json["errors"]?[0]?["extensions"]?["code"] == "UPSTREAM_OUTCOME_UNKNOWN")
            }
        }
    }

    @Test(arguments: [IDSpelling.canonical, .echoed]) func objectIsReadAndWrittenByAnotherSpellingOfItsID(
        spelling: IDSpelling
    ) async throws {
        let configuration = SandboxUnderTest.configuration { $0.behavior.idSpelling = spelling }
        try await SandboxUnderTest.run(configuration) { sandbox in
            try await sandbox.withGateway { gateway in
                let id = try #require(try await sandbox.ids(of: "issues", key: "wsk_live_acme").sorted().first)
                let other = id.uppercased().replacing("_", with: "-")
                let shown = spelling == .canonical ? id : other
                let read = "{ a: issue(id: \"\(other)\") { id title } }"
                let before = try await gateway.askFirst(read).json()
                #expect(before["data"]?["a"]?["id"] == .string(shown))
                let write = "mutation { updateIssue(id: \"\(other)\", input: { title: \"New\" }) { issue { title } } }"
                #expect(
                    try await gateway.askFirst(write).json() == ["data": ["updateIssue": ["issue": ["title": "New"]]]]
                )
                let after = try await gateway.askFirst(
                    "{ a: issue(id: \"\(other)\") { title } b: issue(id: \"\(id)\") { title } }"
                ).json()
                #expect(after == ["data": ["a": ["title": "New"], "b": ["title": "New"]]])
                let remove = try await gateway.askFirst("mutation { deleteIssue(id: \"\(other)\") { deletedId } }")
                    .json()
                #expect(remove["errors"] == nil)
                let gone = try await gateway.askFirst(
                    "{ a: issue(id: \"\(id)\") { id } b: issue(id: \"\(other)\") { id } }"
                ).json()
                // An upstream that repeats what it was asked for does not say that the two are one object.
                #expect(gone["data"]?["b"] == .null)
                if spelling == .canonical { #expect(gone["data"]?["a"] == .null) }
            }
        }
    }
}
