import Gateway
import Testing

/// Invalid lines of a batch get results like the others, and nothing ends the batch.
@Suite struct BatchCaseTests {
    private static let needsTexts = #"The line must be an object with the strings \"schema\" and \"query\"."#

    /// A line and the response to it.
    static let malformed: [(String, String)] = [
        (
            "nonsense",
            #"{"id":null,"errors":[{"message":"The line is not JSON. Expected “null”, found “o” at byte 1."}]}"#
        ),
        ("[]", #"{"id":null,"errors":[{"message":"\#(needsTexts)"}]}"#),
        (#"{"id":1.50,"query":"{a}"}"#, #"{"id":1.50,"errors":[{"message":"\#(needsTexts)"}]}"#),
        (#"{"id":"a","schema":5,"query":"{a}"}"#, #"{"id":"a","errors":[{"message":"\#(needsTexts)"}]}"#),
        (
            #"{"id":"b","schema":"type Query{a:Int}","query":"{a}","variables":[1]}"#,
            #"{"id":"b","errors":[{"message":"The member \"variables\" must be an object."}]}"#
        ),
    ]

    @Test(arguments: malformed)
    func anInvalidLineGetsAResultAndIsCounted(line: String, response: String) {
        var checker = BatchValidator()
        #expect(String(decoding: checker.result(of: Array(line.utf8)), as: UTF8.self) == response)
        #expect(checker.malformedLines == 1)
        var executor = BatchExecutor()
        #expect(String(decoding: executor.result(of: Array(line.utf8)), as: UTF8.self) == response)
        #expect(executor.malformedLines == 1)
    }

    /// A case, and the results of `validate` and of `execute`.
    static let wellFormed: [(String, String, String)] = [
        (
            #"{"schema":"type Query{a:Int}","query":"{a}"}"#, #"{"id":null,"errors":[]}"#,
            #"{"id":null,"data":{"a":null}}"#
        ),
        (
            #"{"id":{"x":[ 1 ]},"schema":"type Query{a:Int}","query":"{a}","rootValue":5,"variables":null}"#,
            #"{"id":{"x":[ 1 ]},"errors":[]}"#, #"{"id":{"x":[ 1 ]},"data":{"a":null}}"#
        ),
        (
            #"{"id":1,"schema":"","query":"{a}"}"#,
            #"{"id":1,"errors":[{"message":"Syntax Error: Unexpected <EOF>.","locations":[{"line":1,"column":1}]}]}"#,
            #"{"id":1,"errors":[{"message":"Syntax Error: Unexpected <EOF>.","locations":[{"line":1,"column":1}]}]}"#
        ),
        // Variables are looked at only where they are given, or where something is executed.
        (
            #"{"id":2,"schema":"type Query{a(x:Int):Int}","query":"query($x:Int!){a(x:$x)}"}"#,
            #"{"id":2,"errors":[]}"#,
            #"{"id":2,"errors":[{"message":"Variable \"$x\" of required type \"Int!\" was not provided.","locations":[{"line":1,"column":7}]}]}"#
        ),
        // Half a surrogate pair is no character, wherever it stands.
        (
            #"{"id":3,"schema":"type Query{a:Int}","query":"{a #\ud800"}"#,
            #"{"id":3,"errors":[{"message":"Syntax Error: Invalid character: U+D800.","locations":[{"line":1,"column":5}]}]}"#,
            #"{"id":3,"errors":[{"message":"Syntax Error: Invalid character: U+D800.","locations":[{"line":1,"column":5}]}]}"#
        ),
        (
            #"{"id":4,"schema":"type Query{a:Int}","query":"{a(x:\"\ud83d\ude00\udead\")}"}"#,
            #"{"id":4,"errors":[{"message":"Syntax Error: Invalid character within String: U+DEAD.","locations":[{"line":1,"column":9}]}]}"#,
            #"{"id":4,"errors":[{"message":"Syntax Error: Invalid character within String: U+DEAD.","locations":[{"line":1,"column":9}]}]}"#
        ),
        // Texts that look the same are not the same schema: the cache of schemas goes by bytes.
        (
            #"{"id":5,"schema":"type Query{a:Int} #é","query":"{b}"}"#,
            #"{"id":5,"errors":[{"message":"Cannot query field \"b\" on type \"Query\". Did you mean \"a\"?","locations":[{"line":1,"column":2}]}]}"#,
            #"{"id":5,"errors":[{"message":"Cannot query field \"b\" on type \"Query\". Did you mean \"a\"?","locations":[{"line":1,"column":2}]}]}"#
        ),
    ]

    @Test func resultsAreWrittenOneByOne() {
        var checker = BatchValidator()
        var executor = BatchExecutor()
        for (line, checked, executed) in Self.wellFormed {
            #expect(String(decoding: checker.result(of: Array(line.utf8)), as: UTF8.self) == checked)
            #expect(String(decoding: executor.result(of: Array(line.utf8)), as: UTF8.self) == executed)
        }
        #expect(checker.malformedLines == 0)
        #expect(executor.malformedLines == 0)
    }

    @Test func deeplyNestedDocumentsAreCheckedUpToALimit() {
        func response(depth: Int) -> String {
            let query = String(repeating: "{a", count: depth) + String(repeating: "}", count: depth)
            var checker = BatchValidator()
            let line = #"{"id":0,"schema":"type Query{a:Query}","query":"\#(query)"}"#
            return String(decoding: checker.result(of: Array(line.utf8)), as: UTF8.self)
        }
        #expect(response(depth: 300).contains(#"Field \"a\" of type \"Query\" must have a selection of subfields."#))
        #expect(response(depth: 100_000).contains("Syntax Error: Document is nested deeper than 1000 levels."))
    }
}
