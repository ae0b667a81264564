import GraphQL
import JSON
import Testing

/// Objects of which some members could not be had: each field that reads one fails at its own path.
@Suite struct IncompleteObjectTests {
    private static let schema = """
        type Query { items: [Item] pair: [[Item!]!] wrapped: Wrapper }
        type Wrapper { items: [Item] }
        type Item { id: ID name: String note: String owner: Owner strict: String! }
        type Owner { id: ID }
        """

    /// Resolves `Query.items` with rows of which some are incomplete, and `Item.owner` by the member `ownerID`.
    private struct RowResolver: FieldResolver {
        let binding = MemoryBinding(bound: ["Item.owner", "Query.items", "Query.pair", "Query.wrapped"])
        let text: String
        let linksRows: Bool

        func resolve(_ request: FieldRequest) async -> Resolution {
            var resolution = Resolution()
            guard binding.bound[request.binding.index] != "Item.owner" else {
                for parent in request.parents {
                    let failure = request.failure(ofMember: .own("owner_id"), of: parent)
                    resolution.values.append(failure == nil ? .null : .failed(resolution.failures.count))
                    if let failure { resolution.failures.append(failure) }
                }
                return resolution
            }
            guard let rows = try? SourceDocument(text: text) else { return resolution }
            var document = rows
            if linksRows {
                var builder = JSONDocumentBuilder()
                builder.beginArray()
                for row in rows.json.elements(of: 0) { builder.reference(to: row, in: 1) }
                builder.endArray()
                document = SourceDocument(builder.finish(), linked: [rows])
            }
            resolution.documents = [document]
            resolution.values = request.parents.map { _ in .found(document: 0, node: 0) }
            for row in rows.json.elements(of: 0) {
                guard rows.json.member("name", of: row) == nil else { continue }
                resolution.incompleteObjects.append(
                    IncompleteObject(
                        document: rows,
                        node: row,
                        members: [.own("name"), .own("owner_id"), .own("strict")],
                        failure: FieldFailure("no object", extensions: ["code": "C"])
                    )
                )
            }
            return resolution
        }
    }

    private static let rows = #"[{"id":"1","name":"n"},{"id":"2"},{"id":"3","name":null},{"id":"4"}]"#

    private func run(_ query: String, linksRows: Bool = true) async throws -> JSONValue {
        let resolver = RowResolver(text: Self.rows, linksRows: linksRows)
        let operation = try ExecutedOperation(query, schema: Self.schema, binding: resolver.binding)
        return try JSONValue(parsing: Array(try await operation.response(with: resolver, root: "{}").utf8))
    }

    private func error(_ path: JSONValue, column: Int) -> JSONValue {
        [
            "message": "no object", "locations": [["line": 1, "column": .integer(column)]], "path": path,
            "extensions": ["code": "C"],
        ]
    }

    @Test(arguments: [true, false])
    func eachUnknownMemberFailsAtItsOwnPath(linksRows: Bool) async throws {
        let json = try await run("{ items { id name note } }", linksRows: linksRows)
        let data: JSONValue = [
            ["id": "1", "name": "n", "note": .null], ["id": "2", "name": .null, "note": .null],
            ["id": "3", "name": .null, "note": .null], ["id": "4", "name": .null, "note": .null],
        ]
        #expect(
            json == [
                "data": ["items": data],
                "errors": [error(["items", 1, "name"], column: 14), error(["items", 3, "name"], column: 14)],
            ]
        )
    }

    @Test func aBoundFieldSeesThatItsParentIsIncomplete() async throws {
        let json = try await run("{ items { owner { id } } }")
        #expect(json["data"]?["items"]?.arrayValue == Array(repeating: ["owner": .null], count: 4))
        let paths = json["errors"]?.arrayValue?.compactMap { $0["path"] }
        #expect(paths == [["items", 1, "owner"], ["items", 3, "owner"]])
    }

    @Test func anUnknownMemberThatMustNotBeNullNullsItsObject() async throws {
        let json = try await run("{ items { id strict } }")
        #expect(json["data"] == ["items": [.null, .null, .null, .null]])
        let messages = json["errors"]?.arrayValue?.compactMap { $0["message"] }
        let null: JSONValue = "Cannot return null for non-nullable field Item.strict."
        #expect(messages == [null, "no object", null, "no object"])
    }
}
