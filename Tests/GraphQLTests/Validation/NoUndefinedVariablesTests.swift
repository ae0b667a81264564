import GraphQL
import Testing

@Suite struct NoUndefinedVariablesTests {
    static let rejectsUndefinedVariablesCases: [ValidationCase] = [
        ValidationCase(
            "{ echo(int: $a) }",
            .error(#"Variable "$a" is not defined."#, at: (1, 13), (1, 1))
        ),
        ValidationCase(
            "query A { echo(int: $a) }",
            .error(#"Variable "$a" is not defined by operation "A"."#, at: (1, 21), (1, 1))
        ),
        ValidationCase(
            "query A($b: Int) { echo(int: $a, float: $b, strings: [$c]) }",
            .error(#"Variable "$a" is not defined by operation "A"."#, at: (1, 30), (1, 1)),
            .error(#"Variable "$c" is not defined by operation "A"."#, at: (1, 55), (1, 1)),
            .error(#"Variable "$b" of type "Int" used in position expecting type "Float"."#, at: (1, 9), (1, 41))
        ),
        ValidationCase(
            "query A($a: Int!) { echo(int: $a, range: {from: $b, to: $a, step: $c}) ferry { id"
                + " @skip(if: $d) } }",
            .error(#"Variable "$b" is not defined by operation "A"."#, at: (1, 49), (1, 1)),
            .error(#"Variable "$c" is not defined by operation "A"."#, at: (1, 67), (1, 1)),
            .error(#"Variable "$d" is not defined by operation "A"."#, at: (1, 93), (1, 1))
        ),
        ValidationCase(
            "query A { echo(int: $a) @mark(label: $b) f: echo(int: $a) }",
            .error(#"Variable "$a" is not defined by operation "A"."#, at: (1, 21), (1, 1)),
            .error(#"Variable "$b" is not defined by operation "A"."#, at: (1, 38), (1, 1)),
            .error(#"Variable "$a" is not defined by operation "A"."#, at: (1, 55), (1, 1))
        ),
        ValidationCase(
            #"mutation M { rename(id: $a, name: "b") { id } }"#,
            .error(#"Variable "$a" is not defined by operation "M"."#, at: (1, 25), (1, 1))
        ),
    ]

    static let rejectsUndefinedVariablesInFragmentsCases: [ValidationCase] = [
        ValidationCase(
            "query A { ...F } fragment F on Query { echo(int: $a) }",
            .error(#"Variable "$a" is not defined by operation "A"."#, at: (1, 50), (1, 1))
        ),
        ValidationCase(
            """
            { ...F }
            fragment F on Query { ...G echo(int: $a) }
            fragment G on Query { f: echo(int: $b) }
            """,
            .error(#"Variable "$a" is not defined."#, at: (2, 38), (1, 1)),
            .error(#"Variable "$b" is not defined."#, at: (3, 36), (1, 1))
        ),
        ValidationCase(
            "query A($a: Int) { ...F } query B { ...F } query C($b: Int) { ...F ...F } fragment"
                + " F on Query { echo(int: $a) f: echo(int: $b) }",
            .error(#"Variable "$b" is not defined by operation "A"."#, at: (1, 124), (1, 1)),
            .error(#"Variable "$a" is not defined by operation "B"."#, at: (1, 107), (1, 27)),
            .error(#"Variable "$b" is not defined by operation "B"."#, at: (1, 124), (1, 27)),
            .error(#"Variable "$a" is not defined by operation "C"."#, at: (1, 107), (1, 44))
        ),
        ValidationCase(
            "query A { g: echo(int: $c) ferry { ... on Ferry { ...F } } ...G } fragment F on"
                + " Ferry { crew(first: $a) { name } } fragment G on Query { ...H h: echo(int: $b) }"
                + " fragment H on Query { echo(int: $a) }",
            .error(#"Variable "$c" is not defined by operation "A"."#, at: (1, 24), (1, 1)),
            .error(#"Variable "$b" is not defined by operation "A"."#, at: (1, 156), (1, 1)),
            .error(#"Variable "$a" is not defined by operation "A"."#, at: (1, 101), (1, 1)),
            .error(#"Variable "$a" is not defined by operation "A"."#, at: (1, 194), (1, 1))
        ),
    ]

    static let visitsEachFragmentOnceCases: [ValidationCase] = [
        ValidationCase(
            "query A { ...F } fragment F on Query { echo(int: $a) ...G } fragment G on Query {"
                + " ...F ...G f: echo(int: $b) }",
            .error(#"Variable "$a" is not defined by operation "A"."#, at: (1, 50), (1, 1)),
            .error(#"Variable "$b" is not defined by operation "A"."#, at: (1, 106), (1, 1)),
            .error(#"Cannot spread fragment "F" within itself via "G"."#, at: (1, 54), (1, 83)),
            .error(#"Cannot spread fragment "G" within itself."#, at: (1, 88))
        )
    ]

    @Test(arguments: [
        "query ($a: Int) { echo(int: $a) }",
        "query A($a: Int, $b: [Int], $c: Int) { echo(matrix: [$b, [$c]]) vessels(first: $a)"
            + " { id } }",
        "query A($a: Boolean!) { ferry @skip(if: $a) { ...F } } fragment F on Ferry { name"
            + " @include(if: $a) }",
        "query A($a: Int!, $b: Int!) { echo(range: {from: $a, to: $b}) }",
        "query A($a: Int) { ...F } query B($a: Int) { ...F } fragment F on Query { ...G }"
            + " fragment G on Query { echo(int: $a) }",
    ])
    func acceptsDefinedVariables(document: String) throws {
        #expect(try ValidationSchema.errors(in: document) == [])
    }

    @Test(arguments: rejectsUndefinedVariablesCases)
    func rejectsUndefinedVariables(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsUndefinedVariablesInFragmentsCases)
    func rejectsUndefinedVariablesInFragments(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: visitsEachFragmentOnceCases)
    func visitsEachFragmentOnce(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }
}
