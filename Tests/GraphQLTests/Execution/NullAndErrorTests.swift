import GraphQL
import JSON
import Testing

/// What nulls and errors do to the values around them.
///
/// https://spec.graphql.org/September2025/#sec-Handling-Execution-Errors
@Suite struct NullAndErrorTests {
    private static let schema = """
        type Query { a: A aReq: A! x: Int xReq: Int! s: [Int] sReq: [Int!] m: [[Int!]] mReq: [[Int!]!]! as: [A!] asOpen: [A] }
        type A { a: A aReq: A! x: Int xReq: Int! as: [A!]! }
        """

    private static func nonNull(_ field: String, _ column: Int, _ path: String) -> String {
        #"{"message":"Cannot return null for non-nullable field \#(field).","locations":[{"line":1,"column":\#(column)}],"path":\#(path)}"#
    }

    static let nulls = [
        ExecutionCase("{ x a { x } }", on: "{}", gives: #"{"data":{"x":null,"a":null}}"#),
        ExecutionCase("{ x a { x } }", on: #"{"x":null,"a":{}}"#, gives: #"{"data":{"x":null,"a":{"x":null}}}"#),
        ExecutionCase(
            "{ xReq }",
            on: "{}",
            gives: #"{"data":null,"errors":[\#(nonNull("Query.xReq", 3, #"["xReq"]"#))]}"#
        ),
        ExecutionCase(
            "{ x a { xReq } }",
            on: #"{"x":1,"a":{}}"#,
            gives: #"{"data":{"x":1,"a":null},"errors":[\#(nonNull("A.xReq", 9, #"["a","xReq"]"#))]}"#
        ),
        ExecutionCase(
            "{ a { x aReq { aReq { xReq } } } x }",
            on: #"{"a":{"x":1,"aReq":{"aReq":{"xReq":null}}},"x":2}"#,
            gives: #"{"data":{"a":null,"x":2},"errors":[\#(nonNull("A.xReq", 23, #"["a","aReq","aReq","xReq"]"#))]}"#
        ),
        ExecutionCase(
            "{ x aReq { xReq } }",
            on: #"{"x":1,"aReq":{"xReq":null}}"#,
            gives: #"{"data":null,"errors":[\#(nonNull("A.xReq", 12, #"["aReq","xReq"]"#))]}"#
        ),
        // What follows a null in a non-null position is not executed; earlier errors are reported.
        ExecutionCase(
            "{ a { x xReq y: x } }",
            on: #"{"a":{"x":"no","xReq":null}}"#,
            gives:
                #"{"data":{"a":null},"errors":[{"message":"Int cannot represent non-integer value: \"no\"","locations":[{"line":1,"column":7}],"path":["a","x"]},\#(nonNull("A.xReq", 9, #"["a","xReq"]"#))]}"#
        ),
    ]

    @Test(arguments: nulls)
    func aNullGoesUpToTheNearestPlaceThatMayBeNull(entry: ExecutionCase) throws {
        try entry.check(schema: Self.schema)
    }

    static let lists = [
        ExecutionCase("{ s sReq m }", on: #"{"s":[],"sReq":[],"m":[]}"#, gives: #"{"data":{"s":[],"sReq":[],"m":[]}}"#),
        ExecutionCase("{ s }", on: #"{"s":[1,null,3]}"#, gives: #"{"data":{"s":[1,null,3]}}"#),
        ExecutionCase(
            "{ s sReq }",
            on: #"{"s":[1],"sReq":[1,null,3]}"#,
            gives: #"{"data":{"s":[1],"sReq":null},"errors":[\#(nonNull("Query.sReq", 5, #"["sReq",1]"#))]}"#
        ),
        ExecutionCase(
            "{ m }",
            on: #"{"m":[[1],[2,null],null,[]]}"#,
            gives: #"{"data":{"m":[[1],null,null,[]]},"errors":[\#(nonNull("Query.m", 3, #"["m",1,1]"#))]}"#
        ),
        ExecutionCase(
            "{ mReq }",
            on: #"{"mReq":[[1],null]}"#,
            gives: #"{"data":null,"errors":[\#(nonNull("Query.mReq", 3, #"["mReq",1]"#))]}"#
        ),
        ExecutionCase(
            "{ as { xReq } asOpen { xReq } }",
            on: #"{"as":[{"xReq":1},{}],"asOpen":[{},{"xReq":2}]}"#,
            gives:
                #"{"data":{"as":null,"asOpen":[null,{"xReq":2}]},"errors":[\#(nonNull("A.xReq", 8, #"["as",1,"xReq"]"#)),\#(nonNull("A.xReq", 24, #"["asOpen",0,"xReq"]"#))]}"#
        ),
        ExecutionCase(
            "{ s x }",
            on: #"{"s":"abc","x":1}"#,
            gives:
                #"{"data":{"s":null,"x":1},"errors":[{"message":"Expected Iterable, but did not find one for field \"Query.s\".","locations":[{"line":1,"column":3}],"path":["s"]}]}"#
        ),
        ExecutionCase(
            "{ s }",
            on: #"{"s":[1,[2],{}]}"#,
            gives:
                #"{"data":{"s":[1,null,null]},"errors":[{"message":"Int cannot represent non-integer value: [2]","locations":[{"line":1,"column":3}],"path":["s",1]},{"message":"Int cannot represent non-integer value: {}","locations":[{"line":1,"column":3}],"path":["s",2]}]}"#
        ),
    ]

    @Test(arguments: lists)
    func listsTakeNullsAndErrorsItemByItem(entry: ExecutionCase) throws {
        try entry.check(schema: Self.schema)
    }

    static let markers = [
        ExecutionCase(
            "{ x a { x } }",
            on: #"{"x":{"$error":"boom \"x\""},"a":{"$error":"no a"}}"#,
            gives:
                #"{"data":{"x":null,"a":null},"errors":[{"message":"boom \"x\"","locations":[{"line":1,"column":3}],"path":["x"]},{"message":"no a","locations":[{"line":1,"column":5}],"path":["a"]}]}"#
        ),
        ExecutionCase(
            "{ s as { x } }",
            on: #"{"s":[1,{"$error":"no"}],"as":[{"x":1},{"$error":"no"},{"x":3}]}"#,
            gives:
                #"{"data":{"s":[1,null],"as":null},"errors":[{"message":"no","locations":[{"line":1,"column":3}],"path":["s",1]},{"message":"no","locations":[{"line":1,"column":5}],"path":["as",1]}]}"#
        ),
        // One location for each field node.
        ExecutionCase(
            "{ a { x } ... { a { x } } }",
            on: #"{"a":{"x":{"$error":"no"}}}"#,
            gives:
                #"{"data":{"a":{"x":null}},"errors":[{"message":"no","locations":[{"line":1,"column":7},{"line":1,"column":21}],"path":["a","x"]}]}"#
        ),
        // The arguments are a text, which is no list and no object.
        ExecutionCase(
            "{ a { x } s }",
            on: #"{"a":{"$args":true,"x":1},"s":{"$args":true}}"#,
            gives:
                #"{"data":{"a":{"x":null},"s":null},"errors":[{"message":"Expected Iterable, but did not find one for field \"Query.s\".","locations":[{"line":1,"column":11}],"path":["s"]}]}"#
        ),
        ExecutionCase(
            "{ x a { x } }",
            on: #"{"x":{"$args":true},"a":{"$args":false,"x":1}}"#,
            gives:
                #"{"data":{"x":null,"a":{"x":1}},"errors":[{"message":"Int cannot represent non-integer value: \"{}\"","locations":[{"line":1,"column":3}],"path":["x"]}]}"#
        ),
    ]

    @Test(arguments: markers)
    func markersInTheDataStandForErrorsAndArguments(entry: ExecutionCase) throws {
        try entry.check(schema: Self.schema)
    }

    @Test func errorsBeyondTheMaximumAreCounted() throws {
        let operation = try ExecutedOperation("{ s }", schema: Self.schema)
        let root = try SourceDocument(text: #"{"s":["a","b","c"]}"#)
        var output = OutputBuffer()
        try Execution(plan: operation.plan, variables: operation.variables, root: root)
            .write(into: &output, extensions: ["k": 1], limits: ResponseLimits(maximumErrors: 1))
        #expect(
            String(decoding: output.array(), as: UTF8.self)
                == #"{"data":{"s":[null,null,null]},"errors":[{"message":"Int cannot represent non-integer value: \"a\"","locations":[{"line":1,"column":3}],"path":["s",0]},{"message":"2 more errors were left out."}],"extensions":{"k":1}}"#
        )
    }
}
