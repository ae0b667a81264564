import GraphQL
import JSON
import Testing

/// Data that was written for one operation is written for another of the same form as if that had been executed.
@Suite struct SerializedResultTests {
    private static let schema = """
        scalar JSON
        type Query { item(id: ID): Item items: [[Item]] free: JSON any: Node }
        type Item { id: ID name: String more: Item list: [Item!] free: JSON numbers: [Int] }
        interface Node { id: ID }
        type Leaf implements Node { id: ID name: String }
        """

    private static let data = #"""
        {"item":{"id":1,"name":"a \"b\", {c: [d]} \\","more":{"id":2,"more":null},"list":[{"id":3},{"id":4,"name":"é\n"}],
        "free":{"id":[1,{"name":"x,\"}"}],"e":{},"f":[]},"numbers":[1,null,2]},
        "items":[[{"id":5},null],null,[],[{"id":6,"free":"}","numbers":[]}]],"free":[{"id":"]"}],
        "any":{"__typename":"Leaf","id":7,"name":"n"}}
        """#

    private let executable: ExecutableSchema

    init() throws {
        executable = ExecutableSchema(schema: try Schema(sdl: Source(Self.schema)), binding: PlainBinding())
    }

    private func execution(_ query: String, variables: JSONObject = [:]) throws -> Execution {
        let operation = try ExecutedOperation(query, executable: executable, variables: variables)
        return Execution(
            plan: operation.plan,
            variables: operation.variables,
            root: try SourceDocument(text: Self.data)
        )
    }

    /// The response to one operation from the data of another.
    private func response(to other: Execution, from execution: Execution) throws -> String {
        var output = OutputBuffer()
        output.append("before")
        let places = execution.write(into: &output)
        let written = SerializedResult(try #require(places), in: output, of: execution)
        var again = OutputBuffer()
        written.write(under: other.plan.responseKeys, extensions: [:], into: &again)
        return String(decoding: again.array(), as: UTF8.self)
    }

    static let selections = [
        "ITEM:item { ID:id NAME:name }",
        "ITEM:item { MORE:more { ID:id MORE:more { ID:id } } ID:id }",
        "ITEM:item { FREE:free LIST:list { ID:id NAME:name FREE:free } NUMBERS:numbers TYPE:__typename }",
        "ITEMS:items { ID:id FREE:free NUMBERS:numbers MORE:more { ID:id } }",
        "FREE:free ITEM:item { ID:id } OTHER:item { ID:id NAME:id FREE:free }",
        "ITEM:item { ID:id @skip(if: true) } ITEMS:items { MORE:more { NAME:name } }",
    ]

    @Test(arguments: selections) func keysAreReplacedAndNothingElse(selection: String) throws {
        let first = try execution("{ \(selection) }")
        let long = selection.replacing(/[A-Z]+:/) { "\($0.output.dropLast())_with_a_long_name:" }
        let plain = selection.replacing(/[A-Z]+:/, with: "")
        // Without aliases only one field of a name is left at the root.
        let others = selection.contains("OTHER") ? [long] : [long, plain, selection]
        for text in others {
            let other = try execution("{ \(text) }")
            #expect(OperationSignature(other.context) == OperationSignature(first.context))
            #expect(try response(to: other, from: first) == other.response)
            #expect(try response(to: first, from: other) == first.response)
        }
    }

    @Test func onlyValueIsWrittenWithoutItsKey() throws {
        let first = try execution("{ item { id name } }")
        let other = try execution("{ item { a: id b: name } }")
        var output = OutputBuffer()
        let places = first.write(into: &output)
        let written = SerializedResult(try #require(places), in: output, of: first)
        for execution in [first, other] {
            let value = String(decoding: written.onlyValue(under: execution.plan.responseKeys), as: UTF8.self)
            #expect(#"{"data":{"item":\#(value)}}"# == execution.response)
        }
    }

    @Test func dataWithErrorsOrWithoutDataIsNotToBeWrittenAgain() throws {
        let operation = try ExecutedOperation("{ item { id } }", executable: executable)
        let root = try SourceDocument(text: #"{"item":{"id":[]}}"#)
        var output = OutputBuffer()
        let places = Execution(plan: operation.plan, variables: operation.variables, root: root).write(into: &output)
        #expect(places == nil)
    }

    @Test(arguments: [
        "{ item { id name } }",
        "{ item { name id } }",
        "{ item(id: 1) { id } }",
        "{ item(id: 2) { id } }",
        "query($v: ID = 3) { item(id: $v) { id } }",
        "{ item { id more { id } } }",
        "{ item { id } item2: item { id } }",
        "{ item { list { id } } }",
        "{ any { id } }",
        "{ any { key: id } }",
        "{ any { id ... on Leaf { name } } }",
    ])
    func operationsWithOtherDataHaveOtherSignatures(query: String) throws {
        let form = try #require(OperationSignature(execution(query).context))
        #expect(try OperationSignature(execution("{ item { id } }").context) != form)
        #expect(try OperationSignature(execution(query).context) == form)
    }

    @Test func keysCountWhereTheTypeOfAnObjectIsNotDeclared() throws {
        #expect(
            try OperationSignature(execution("{ any { id } }").context)
                != OperationSignature(execution("{ any { key: id } }").context)
        )
        #expect(
            try OperationSignature(execution("{ any { id } }").context)
                == OperationSignature(execution("{ key: any { id } }").context)
        )
    }

    @Test func literalsAndVariablesOfTheSameValueHaveOneForm() throws {
        let literal = try execution("{ item(id: 1) { id } }")
        let variable = try execution("query($v: ID) { x: item(id: $v) { id } }", variables: ["v": "1"])
        #expect(OperationSignature(literal.context) == OperationSignature(variable.context))
    }

    @Test func mutationHasNoSignature() throws {
        let schema = "type Query { a: Int } type Mutation { a: Int }"
        let operation = try ExecutedOperation("mutation { a }", schema: schema)
        #expect(OperationSignature(Execution(plan: operation.plan, variables: operation.variables).context) == nil)
    }
}
