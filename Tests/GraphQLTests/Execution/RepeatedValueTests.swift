import GraphQL
import JSON
import Testing

/// Values of a bound field that come again for other rows are written from what was written before.
@Suite struct RepeatedValueTests {
    private static let schema = """
        type Query { items: [Item] }
        type Item { id: ID owner: Owner strict: Int! friends: [Owner!] }
        type Owner { id: ID name: String age: Int best: Owner }
        """

    /// Gives every parent the value at the position that its id names, of one document that all parents share.
    private struct SharedResolver: FieldResolver {
        let items: SourceDocument
        let owners: SourceDocument
        let binding = MemoryBinding(bound: ["Item.friends", "Item.owner", "Owner.best", "Query.items"])

        init(items: String, owners: String) throws {
            self.items = try SourceDocument(text: items)
            self.owners = try SourceDocument(text: owners)
        }

        func resolve(_ request: FieldRequest) async -> Resolution {
            var resolution = Resolution()
            guard binding.bound[request.binding.index] != "Query.items" else {
                resolution.documents = [items]
                resolution.values = [.found(document: 0, node: 0)]
                return resolution
            }
            resolution.documents = [owners]
            resolution.values = request.parents.map { parent in
                let json = request.documents[Int(parent.document)].json
                let key = json.member(named: "ref", of: Int(parent.node)).flatMap { json.stringValue(of: $0) } ?? ""
                return owners.json.member(named: key, of: 0).map { .found(document: 0, node: $0) } ?? .null
            }
            return resolution
        }
    }

    /// A query, the rows, the owners by key, and the response.
    static let cases: [(query: String, items: String, owners: String, response: String)] = [
        (
            "{ items { owner { id name } } }",
            #"[{"ref":"a"},{"ref":"b"},{"ref":"a"},{"ref":"c"},{"ref":"a"}]"#,
            #"{"a":{"id":1,"name":"A"},"b":{"id":"2","name":null}}"#,
            #"{"data":{"items":[{"owner":{"id":"1","name":"A"}},{"owner":{"id":"2","name":null}},"#
                + #"{"owner":{"id":"1","name":"A"}},{"owner":null},{"owner":{"id":"1","name":"A"}}]}}"#
        ),
        (
            "{ items { x: owner { id } y: owner { name } friends { id } } }",
            #"[{"ref":"a"},{"ref":"a"}]"#,
            #"{"a":[{"id":1,"name":"A"}]}"#,
            #"{"data":{"items":[{"x":null,"y":null,"friends":[{"id":"1"}]},{"x":null,"y":null,"friends":[{"id":"1"}]}]},"#
                + #""errors":[{"message":"Expected an object for field \"Item.owner\".","locations":[{"line":1,"column":11}],"path":["items",0,"x"]},"#
                + #"{"message":"Expected an object for field \"Item.owner\".","locations":[{"line":1,"column":27}],"path":["items",0,"y"]},"#
                + #"{"message":"Expected an object for field \"Item.owner\".","locations":[{"line":1,"column":11}],"path":["items",1,"x"]},"#
                + #"{"message":"Expected an object for field \"Item.owner\".","locations":[{"line":1,"column":27}],"path":["items",1,"y"]}]}"#
        ),
        // An error is reported at each position.
        (
            "{ items { owner { age id } } }",
            #"[{"ref":"a"},{"ref":"a"}]"#,
            #"{"a":{"id":1,"age":"x"}}"#,
            #"{"data":{"items":[{"owner":{"age":null,"id":"1"}},{"owner":{"age":null,"id":"1"}}]},"#
                + #""errors":[{"message":"Int cannot represent non-integer value: \"x\"","locations":[{"line":1,"column":19}],"path":["items",0,"owner","age"]},"#
                + #"{"message":"Int cannot represent non-integer value: \"x\"","locations":[{"line":1,"column":19}],"path":["items",1,"owner","age"]}]}"#
        ),
        // What was written in a row that became null is no longer there.
        (
            "{ items { owner { id name } strict } }",
            #"[{"ref":"a"},{"ref":"b","strict":1},{"ref":"a","strict":2}]"#,
            #"{"a":{"id":1,"name":"A"},"b":{"id":2,"name":"much longer"}}"#,
            #"{"data":{"items":[null,{"owner":{"id":"2","name":"much longer"},"strict":1},{"owner":{"id":"1","name":"A"},"strict":2}]},"#
                + #""errors":[{"message":"Cannot return null for non-nullable field Item.strict.","locations":[{"line":1,"column":29}],"path":["items",0,"strict"]}]}"#
        ),
        // The same object twice, with rows of its own below each time.
        (
            "{ items { owner { id best { name } } } }",
            #"[{"ref":"a"},{"ref":"a"}]"#,
            #"{"a":{"id":1,"ref":"b"},"b":{"name":"B"}}"#,
            #"{"data":{"items":[{"owner":{"id":"1","best":{"name":"B"}}},{"owner":{"id":"1","best":{"name":"B"}}}]}}"#
        ),
    ]

    @Test(arguments: cases.indices)
    func aValueIsTheSameAtEveryPlace(index: Int) async throws {
        let example = Self.cases[index]
        let resolver = try SharedResolver(items: example.items, owners: example.owners)
        let operation = try ExecutedOperation(example.query, schema: Self.schema, binding: resolver.binding)
        #expect(try await operation.response(with: resolver) == example.response)
    }
}
