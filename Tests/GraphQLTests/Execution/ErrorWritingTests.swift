import GraphQL
import JSON
import Testing

/// Errors as a response shows them.
///
/// https://spec.graphql.org/September2025/#sec-Errors
@Suite struct ErrorWritingTests {
    private static func error(_ message: String, code: String? = nil) -> GraphQLError {
        var extensions = JSONObject()
        extensions["code"] = code.map { .string($0) }
        return GraphQLError(message, extensions: extensions)
    }

    static let tails: [(errors: [GraphQLError], maximum: Int, written: String)] = [
        ([error("a", code: "A"), error("b", code: "B")], 2, #"{"message":"b","extensions":{"code":"B"}}"#),
        (
            [error("a", code: "A"), error("b", code: "B"), error("c", code: "C")], 1,
            #"{"message":"2 more errors were left out.","extensions":{"code":"B"}}"#
        ),
        ([error("a", code: "A")], 0, #"{"message":"1 more errors were left out.","extensions":{"code":"A"}}"#),
        ([error("a"), error("b")], 1, #"{"message":"1 more errors were left out."}"#),
    ]

    @Test(arguments: tails)
    func theTailHasTheCodeOfTheFirstErrorLeftOut(errors: [GraphQLError], maximum: Int, written: String) {
        var output = OutputBuffer()
        output.append(errorList: errors, maximum: maximum)
        let first =
            maximum == 0
            ? ""
            : errors[0].extensions.isEmpty
                ? #"{"message":"a"},"# : #"{"message":"a","extensions":{"code":"A"}},"#
        #expect(String(decoding: output.array(), as: UTF8.self) == "[\(first)\(written)]")
    }
}
