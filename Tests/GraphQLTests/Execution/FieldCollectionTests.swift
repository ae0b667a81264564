import GraphQL
import JSON
import Testing

/// Which fields are executed, in what order, with which arguments.
///
/// https://spec.graphql.org/September2025/#sec-Executing-Selection-Sets
@Suite struct FieldCollectionTests {
    private static let schema = """
        interface Named { name: String note(short: Boolean = true): String }
        type Query { a: A named: Named things: [Thing] x: Int y: Int arg(n: Int = 3, in: In, list: [Int!]): String }
        type A implements Named { name: String note(short: Boolean = true): String a: A x: Int y: Int }
        type B implements Named { name: String note(short: Boolean = false): String y: Int }
        union Thing = A | B
        input In { a: Int = 1 b: String }
        """

    static let merging = [
        ExecutionCase("{ y x y2: y x }", on: #"{"x":1,"y":2}"#, gives: #"{"data":{"y":2,"x":1,"y2":2}}"#),
        ExecutionCase(
            "{ a { x } x a { y x } ...F } fragment F on Query { y a { a { y } z: x } }",
            on: #"{"a":{"x":1,"y":2,"a":{"y":3}},"x":4,"y":5}"#,
            gives: #"{"data":{"a":{"x":1,"y":2,"a":{"y":3},"z":1},"x":4,"y":5}}"#
        ),
        ExecutionCase(
            "{ ...F ...F a { ...G } ... { ...F } } fragment F on Query { x a { ...G } } fragment G on A { x a { x } }",
            on: #"{"x":1,"a":{"x":2,"a":{"x":3}}}"#,
            gives: #"{"data":{"x":1,"a":{"x":2,"a":{"x":3}}}}"#
        ),
        ExecutionCase(
            "{ c1: x c2: x c3: x c4: x c5: x c6: x c7: x c8: x c9: x c10: x c11: x c2: x c10: x c11: x }",
            on: #"{"x":1}"#,
            gives: #"{"data":{"c1":1,"c2":1,"c3":1,"c4":1,"c5":1,"c6":1,"c7":1,"c8":1,"c9":1,"c10":1,"c11":1}}"#
        ),
        ExecutionCase(
            "{ c1: x c2: x c3: x c4: x c5: x c6: x c7: x c8: x b: a { x } c9: x a { x } a { y } b: a { y } }",
            on: #"{"x":1,"a":{"x":2,"y":3}}"#,
            gives:
                #"{"data":{"c1":1,"c2":1,"c3":1,"c4":1,"c5":1,"c6":1,"c7":1,"c8":1,"b":{"x":2,"y":3},"c9":1,"a":{"x":2,"y":3}}}"#
        ),
        ExecutionCase(
            "{ named { name ... on A { x } ...B } } fragment B on B { y }",
            on: #"{"named":{"__typename":"B","name":"b","x":1,"y":2}}"#,
            gives: #"{"data":{"named":{"name":"b","y":2}}}"#
        ),
        ExecutionCase(
            "{ things { __typename ... on Named { name } ... on A { name y } ... on B { y name } } }",
            on: #"{"things":[{"__typename":"B","name":"b","y":1},null,{"__typename":"A","name":"a"}]}"#,
            gives:
                #"{"data":{"things":[{"__typename":"B","name":"b","y":1},null,{"__typename":"A","name":"a","y":null}]}}"#
        ),
    ]

    @Test(arguments: merging)
    func fieldsOfOneKeyAreMergedInOrderOfFirstAppearance(entry: ExecutionCase) throws {
        try entry.check(schema: Self.schema)
    }

    /// What `@skip` and `@include` say together, and whether the field is there.
    static let conditions: [(String, Bool)] = [
        ("@skip(if: true)", false), ("@skip(if: false)", true), ("@include(if: true)", true),
        ("@include(if: false)", false), ("@skip(if: false) @include(if: true)", true),
        ("@skip(if: false) @include(if: false)", false), ("@skip(if: true) @include(if: true)", false),
        ("@include(if: true) @skip(if: true)", false), ("@include(if: false) @skip(if: true)", false),
        ("@include(if: $on)", true), ("@skip(if: $on)", false), ("@include(if: $off)", false),
        ("@skip(if: $off)", true),
        ("@skip(if: $off) @include(if: $on)", true), ("@skip(if: $on) @include(if: $on)", false),
    ]

    @Test(arguments: conditions, ["x %", "... % { x }", "...F %"])
    func aConditionKeepsOrDropsASelection(condition: (String, Bool), selection: String) throws {
        let selection = selection.replacing("%", with: condition.0)
        let query = """
            query($on: Boolean! = true, $off: Boolean!) { y \(selection) ...Uses }
            fragment Uses on Query { y @include(if: $on) @skip(if: $off) ...F @skip(if: true) }
            fragment F on Query { x }
            """
        let operation = try ExecutedOperation(query, schema: Self.schema, variables: ["off": false])
        #expect(
            try operation.response(to: #"{"x":1,"y":2}"#)
                == (condition.1 ? #"{"data":{"y":2,"x":1}}"# : #"{"data":{"y":2}}"#)
        )
    }

    @Test func aFragmentThatIsSkippedOnceIsTakenTheNextTime() throws {
        let query = "{ ...F @skip(if: true) ...F } fragment F on Query { x }"
        #expect(
            try ExecutedOperation(query, schema: Self.schema).response(to: #"{"x":1}"#) == #"{"data":{"x":1}}"#
        )
    }

    @Test func aSelectionWithoutAnyFieldLeftIsAnEmptyObject() throws {
        let query = "{ a { x @skip(if: true) } ... @include(if: false) { y } }"
        #expect(
            try ExecutedOperation(query, schema: Self.schema).response(to: #"{"a":{"x":1}}"#) == #"{"data":{"a":{}}}"#
        )
    }

    static let arguments = [
        ExecutionCase("{ arg }", on: #"{"arg":{"$args":true}}"#, gives: #"{"data":{"arg":"{\"n\":3}"}}"#),
        ExecutionCase(
            "{ arg(n: null, in: {}, list: 5) }",
            on: #"{"arg":{"$args":true}}"#,
            gives: #"{"data":{"arg":"{\"in\":{\"a\":1},\"list\":[5],\"n\":null}"}}"#
        ),
        ExecutionCase(
            "query($n: Int, $b: String, $l: [Int!] = [7]) { arg(n: $n, in: {b: $b}, list: $l) }",
            on: #"{"arg":{"$args":true}}"#,
            gives: #"{"data":{"arg":"{\"in\":{\"a\":1},\"list\":[7],\"n\":3}"}}"#
        ),
        ExecutionCase(
            "query($n: Int, $b: String, $l: [Int!]) { arg(n: $n, in: {b: $b}, list: $l) }",
            on: #"{"arg":{"$args":true}}"#,
            variables: ["n": nil, "b": "x", "l": nil],
            gives: #"{"data":{"arg":"{\"in\":{\"a\":1,\"b\":\"x\"},\"list\":null,\"n\":null}"}}"#
        ),
    ]

    @Test(arguments: arguments)
    func argumentsAreCoercedBeforeTheFieldIsAskedFor(entry: ExecutionCase) throws {
        try entry.check(schema: Self.schema)
    }

    @Test func defaultsOfArgumentsAreThoseOfTheConcreteType() throws {
        let operation = try ExecutedOperation("{ things { ... on Named { note } } }", schema: Self.schema)
        let data =
            #"{"things":[{"__typename":"A","note":{"$args":true}},{"__typename":"B","note":{"$args":true}}]}"#
        #expect(
            try operation.response(to: data)
                == #"{"data":{"things":[{"note":"{\"short\":true}"},{"note":"{\"short\":false}"}]}}"#
        )
    }

    @Test func fieldsThatMultiplyWithoutEndAreRefused() throws {
        let schema =
            "type Query { n: N } interface N { n: N } type A implements N { n: N } type B implements N { n: N }"
        var selection = "__typename"
        for _ in 0..<20 { selection = "n { ... on A { k: __typename } \(selection) }" }
        #expect(throws: Self.tooLarge) { try ExecutedOperation("{ \(selection) }", schema: schema) }
    }

    @Test func fragmentsThatAreSpreadForManyTypesAreRefusedEvenIfNothingIsLeftOfThem() throws {
        var schema = "type Query { n: N } interface N { id: ID }"
        for number in 0..<100 { schema += " type T\(number) implements N { id: ID }" }
        let spreads = (0..<100).map { "a\($0): n { ...F }" }.joined(separator: " ")
        let fields = (0..<100).map { "f\($0): id @skip(if: true)" }.joined(separator: " ")
        let query = "{ \(spreads) } fragment F on N { \(fields) }"
        #expect(throws: Self.tooLarge) { try ExecutedOperation(query, schema: schema) }
    }

    /// Each takes a part of the thread's stack.
    @Test(arguments: [
        (2000, nil), (20_000, "More than 2500 fragments are in one another; select the fields directly."),
    ])
    func fragmentsThatAreInOneAnotherHaveABound(count: Int, message: String?) throws {
        let chain = (0..<count).map { "fragment F\($0) on Query { ...F\($0 + 1) }" }.joined(separator: " ")
        let query = "{ ...F0 } \(chain) fragment F\(count) on Query { id }"
        let operation = { try ExecutedOperation(query, schema: "type Query { id: ID }") }
        if let message {
            #expect(throws: GraphQLError(message), performing: operation)
        } else {
            _ = try operation()
        }
    }

    private static let tooLarge = GraphQLError(
        "The operation has more than 50000 fields, or more than 500000 selections to look at, "
            + "once its fragments are spread for every type; select less, or split it into several operations."
    )
}
