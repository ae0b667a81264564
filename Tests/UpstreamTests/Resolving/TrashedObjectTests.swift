import JSON
import Testing

@testable import Upstream

/// An object that is marked as deleted is null for whoever asks by its key, wherever it is found.
@Suite struct TrashedObjectTests {
    private static let sdl = """
        schema @upstream(items: "data", total: "count", page: "page", perPage: "per_page") @cacheControl(maxAge: 60) {
          query: Query mutation: Mutation
        }
        type Query {
          row(id: ID!): Row @rest(get: "/rows/{id}")
          rows: [Row!] @rest(list: "/rows")
          links: [Link!] @rest(list: "/links")
          node(nodeId: ID!): Node @globalID
          nodes(nodeIds: [ID!]!): [Node]! @globalID
        }
        type Mutation { change(id: ID!, input: RowInput): Payload @rest(patch: "/rows/{id}") }
        input RowInput { title: String }
        type Payload { row: Row @written key: ID @written(view: "KEY") }
        interface Node { nodeId: ID! }
        type Link { row: Row @reference(key: "row_id") }
        type Row implements Node @entity(get: "/rows/{id}", list: "/rows", deletedAt: "deleted_at") {
          nodeId: ID! @globalID id: ID! title: String text: String
        }
        """

    private static func row(_ id: Int, isTrashed: Bool) -> String {
        #"{"id":"\#(id)","title":"T","deleted_at":\#(isTrashed ? #""2026-01-01T00:00:00Z""# : "null")}"#
    }

    /// An upstream with rows 0 to 9, of which the odd ones are in the trash.
    private func harness(
        listsTrash: Bool,
        patch: ScriptedTransport.Outcome = .status(204, "")
    ) throws -> UpstreamHarness {
        try UpstreamHarness(
            Self.sdl,
            transport: ScriptedTransport(requests: { request in
                let path = request.path
                if request.method == "PATCH" { return patch }
                if path.hasPrefix("/rows?") {
                    let rows = (0..<10).filter { listsTrash || $0 % 2 == 0 }
                    let texts = rows.map { Self.row($0, isTrashed: $0 % 2 == 1) }
                    return .json(#"{"data":[\#(texts.joined(separator: ","))],"count":\#(rows.count)}"#)
                }
                if path.hasPrefix("/links") {
                    let links = (0..<10).map { #"{"row_id":"\#($0)"}"# }
                    return .json(#"{"data":[\#(links.joined(separator: ","))],"count":10}"#)
                }
                guard let id = Int(path.dropFirst(6)), id < 10 else { return .status(404, "") }
                return .json(Self.row(id, isTrashed: id % 2 == 1))
            })
        )
    }

    private static let references: JSONValue = .array(
        (0..<10).map { ["row": $0 % 2 == 0 ? ["id": .string("\($0)")] : .null] }
    )

    @Test(arguments: [true, false], [true, false])
    func aReferenceToATrashedObjectIsNull(listsTrash: Bool, isListCached: Bool) async throws {
        let harness = try harness(listsTrash: listsTrash)
        if isListCached { _ = try await harness.run("{ rows { title } }") }
        #expect(try await harness.run("{ links { row { id } } }") == ["data": ["links": Self.references]])
    }

    @Test(arguments: [true, false], [true, false])
    func aTrashedObjectIsNullByItsKey(listsTrash: Bool, isListCached: Bool) async throws {
        let harness = try harness(listsTrash: listsTrash)
        let ids = try await harness.run("{ a: row(id: \"0\") { nodeId } }")["data"]?["a"]?["nodeId"]?.stringValue ?? ""
        let trashed = ids.isEmpty ? "" : GlobalID(workspace: "main", type: "Row", key: "1").text
        if isListCached { _ = try await harness.run("{ rows { title } }") }
        let query = """
            { one: row(id: "1") { title } two: row(id: "2") { title } three: row(id: "3") { id } \
            node(nodeId: "\(trashed)") { nodeId } nodes(nodeIds: ["\(ids)", "\(trashed)"]) { nodeId } }
            """
        let expected: JSONValue = [
            "one": .null, "two": ["title": "T"], "three": .null, "node": .null,
            "nodes": [["nodeId": .string(ids)], .null],
        ]
        #expect(try await harness.run(query) == ["data": expected])
    }

    @Test(
        arguments: [
            .status(204, ""), .json(#"{"id":"1","title":"T","deleted_at":"2026-01-01T00:00:00Z"}"#),
        ] as [ScriptedTransport.Outcome]
    )
    func aTrashedObjectThatIsChangedIsNull(patch: ScriptedTransport.Outcome) async throws {
        let harness = try harness(listsTrash: true, patch: patch)
        let json = try await harness.run(#"mutation { change(id: "1", input: {}) { row { title } key } }"#)
        #expect(json == ["data": ["change": ["row": .null, "key": "1"]]])
        #expect(try await harness.run(#"{ row(id: "1") { title } }"#) == ["data": ["row": .null]])
    }

    @Test func aNodeThatCannotBeReadFailsAtItsOwnPath() async throws {
        let transport = ScriptedTransport { path in
            path == "/rows/1" ? .status(500, "") : .json(Self.row(0, isTrashed: false))
        }
        let harness = try UpstreamHarness(Self.sdl, transport: transport)
        let names = [0, 1, 0].map { "\"\(GlobalID(workspace: "main", type: "Row", key: "\($0)").text)\"" }.joined(
            separator: ","
        )
        let json = try await harness.run("{ nodes(nodeIds: [\(names)]) { ... on Row { id } } }")
        #expect(json["data"] == ["nodes": [["id": "0"], .null, ["id": "0"]]])
        #expect(json["errors"]?.arrayValue?.compactMap { $0["path"] } == [["nodes", 1]])
    }
}
