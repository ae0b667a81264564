import GraphQL
import JSON
import Testing

@testable import Gateway

/// An error is the same object whether it is built as a value, for JSON-RPC, or written into a GraphQL response.
@Suite struct GraphQLErrorJSONTests {
    static let errors: [(GraphQLError, String)] = [
        (GraphQLError("a \"b\"\n"), #"{"message":"a \"b\"\n"}"#),
        (
            GraphQLError(
                "m",
                locations: [SourceLocation(line: 1, column: 2), SourceLocation(line: 30, column: 4)]
            ),
            #"{"message":"m","locations":[{"line":1,"column":2},{"line":30,"column":4}]}"#
        ),
        // A path is stated even if it has no segments: the error is that of the whole result.
        (GraphQLError("m", path: []), #"{"message":"m","path":[]}"#),
        (
            GraphQLError("m", path: [.key("a"), .index(0), .key("0")], extensions: ["code": "C", "n": nil]),
            #"{"message":"m","path":["a",0,"0"],"extensions":{"code":"C","n":null}}"#
        ),
    ]

    @Test(arguments: errors) func valueAndWrittenTextAreEqual(error: GraphQLError, text: String) {
        #expect(String(decoding: error.json.serialized(), as: UTF8.self) == text)
        var output = OutputBuffer(minimumCapacity: 64)
        output.append(error)
        #expect(String(decoding: output.array(), as: UTF8.self) == text)
    }
}
