import GraphQL
import JSON
import Testing

@testable import Gateway

/// Operations on local JSON: what the data means, and which failures have begun an execution.
@Suite struct LocalExecutionTests {
    private let execution: LocalExecution

    init() throws {
        let sdl = """
            type Query { text: String must: Int! things: [Thing] args(a: Int = 3, b: [String!]): String pet: Pet }
            type Subscription { tick: Int }
            type Thing { name: String }
            interface Pet { name: String }
            type Cat implements Pet { name: String lives: Int }
            type Dog implements Pet { name: String }
            """
        execution = LocalExecution(schema: try Schema(sdl: Source(sdl)))
    }

    private func run(
        _ query: String,
        _ root: String = "{}",
        _ variables: JSONObject = [:],
        name: String? = nil
    ) throws -> (text: String, isExecuted: Bool) {
        var output = OutputBuffer(minimumCapacity: 256)
        let request = LocalExecution.Request(
            query: Source(query),
            variables: variables,
            operationName: name,
            root: try JSONValue(parsing: Array(root.utf8))
        )
        let isExecuted = execution.writeMembers(of: request, into: &output)
        return (String(decoding: output.array(), as: UTF8.self), isExecuted)
    }

    /// An operation, the data, and the members of the response.
    static let executed: [(String, String, String)] = [
        ("{text}", #"{"text":"t","more":1}"#, #""data":{"text":"t"}"#),
        ("{text things{name}}", "{}", #""data":{"text":null,"things":null}"#),
        ("{text}", "5", #""data":{"text":null}"#),
        (
            "{a:text}", #"{"text":{"$error":"no \"text\""}}"#,
            #""data":{"a":null},"errors":[{"message":"no \"text\"","locations":[{"line":1,"column":2}],"path":["a"]}]"#
        ),
        (
            "{things{name}}", #"{"things":[{"name":"n"},{"$error":"e"},null]}"#,
            #""data":{"things":[{"name":"n"},null,null]},"#
                + #""errors":[{"message":"e","locations":[{"line":1,"column":2}],"path":["things",1]}]"#
        ),
        // The whole is null if what must not be null is.
        (
            "{text must}", #"{"text":"t"}"#,
            #""data":null,"errors":[{"message":"Cannot return null for non-nullable field Query.must.","#
                + #""locations":[{"line":1,"column":7}],"path":["must"]}]"#
        ),
        (#"{args(b:["x"])}"#, #"{"args":{"$args":true}}"#, #""data":{"args":"{\"a\":3,\"b\":[\"x\"]}"}"#),
        (
            "{pet{name ...on Cat{lives}}}", #"{"pet":{"__typename":"Cat","lives":9}}"#,
            #""data":{"pet":{"name":null,"lives":9}}"#
        ),
        ("{pet{name ...on Cat{lives}}}", #"{"pet":{"__typename":"Dog","lives":9}}"#, #""data":{"pet":{"name":null}}"#),
    ]

    @Test(arguments: executed) func fieldsAreMembers(query: String, root: String, response: String) throws {
        let (text, isExecuted) = try run(query, root)
        #expect(text == response)
        #expect(isExecuted)
    }

    /// A document, and the message of its only error.
    static let refused: [(String, String)] = [
        ("{", "Syntax Error: Expected Name, found <EOF>."),
        ("{zzz}", "Cannot query field \"zzz\" on type \"Query\"."),
        ("query A{text} query B{text}", "Must provide operation name if query contains multiple operations."),
        ("query($n:Int!){args(a:$n)}", "Variable \"$n\" of required type \"Int!\" was not provided."),
    ]

    @Test(arguments: refused) func refusedOperationHasNoData(query: String, message: String) throws {
        let (text, isExecuted) = try run(query)
        #expect(!isExecuted)
        let response = try JSONValue(parsing: Array("{\(text)}".utf8))
        #expect(response["data"] == nil)
        guard case .array(let errors)? = response["errors"] else {
            Issue.record("There are no errors: \(text)")
            return
        }
        #expect(errors.compactMap { $0["message"]?.stringValue } == [message])
    }

    @Test func anOperationIsChosenByName() throws {
        let document = "query A{text} query B{b:text}"
        #expect(try run(document, name: "B").text == #""data":{"b":null}"#)
        let (text, isExecuted) = try run(document, name: "C")
        #expect(!isExecuted)
        #expect(text == #""errors":[{"message":"Unknown operation named \"C\"."}]"#)
    }
}
