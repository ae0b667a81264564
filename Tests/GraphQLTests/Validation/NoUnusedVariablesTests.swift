import GraphQL
import Testing

@Suite struct NoUnusedVariablesTests {
    static let rejectsVariablesThatNothingUsesCases: [ValidationCase] = [
        ValidationCase(
            "query ($a: Int) { ferry { id } }",
            .error(#"Variable "$a" is never used."#, at: (1, 8))
        ),
        ValidationCase(
            "query A($a: Int) { ferry { id } }",
            .error(#"Variable "$a" is never used in operation "A"."#, at: (1, 9))
        ),
        ValidationCase(
            "query A($a: Int, $b: Int = 2, $c: Int) { echo(int: $b) }",
            .error(#"Variable "$a" is never used in operation "A"."#, at: (1, 9)),
            .error(#"Variable "$c" is never used in operation "A"."#, at: (1, 31))
        ),
        ValidationCase(
            "query A($a: Int) { ...F } query B($a: Int) { ferry { id } } fragment F on Query {"
                + " echo(int: $a) }",
            .error(#"Variable "$a" is never used in operation "B"."#, at: (1, 35))
        ),
        ValidationCase(
            "query A($a: Int, $b: Int) { ...F } fragment F on Query { echo(int: $b) } fragment G"
                + " on Query { f: echo(int: $a) }",
            .error(#"Variable "$a" is never used in operation "A"."#, at: (1, 9)),
            .error(#"Fragment "G" is never used."#, at: (1, 74))
        ),
        ValidationCase(
            "query A($a: Int, $a: Int) { ferry { id } }",
            .error(#"There can be only one variable named "$a"."#, at: (1, 10), (1, 19)),
            .error(#"Variable "$a" is never used in operation "A"."#, at: (1, 9)),
            .error(#"Variable "$a" is never used in operation "A"."#, at: (1, 18))
        ),
    ]

    static let takesVariablesInDefinitionsForNoUseCases: [ValidationCase] = [
        ValidationCase(
            "query A($a: Int, $b: Boolean! = true @onVariable) { ferry { id } }",
            .error(#"Variable "$a" is never used in operation "A"."#, at: (1, 9)),
            .error(#"Variable "$b" is never used in operation "A"."#, at: (1, 18))
        )
    ]

    @Test(arguments: [
        "query ($a: Int, $b: Boolean!) { echo(int: $a) @skip(if: $b) }",
        "query A($a: Int, $b: Int) { ...F echo(int: $a) } fragment F on Query { g:"
            + " echo(matrix: [[$b]]) }",
        "query A($a: Int) { ferry { ... on Vessel { crew(first: $a) { name } } } }",
        "subscription S($a: String) { arrived(kind: $a) { id } }",
    ])
    func acceptsVariablesInUse(document: String) throws {
        #expect(try ValidationSchema.errors(in: document) == [])
    }

    @Test(arguments: rejectsVariablesThatNothingUsesCases)
    func rejectsVariablesThatNothingUses(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: takesVariablesInDefinitionsForNoUseCases)
    func takesVariablesInDefinitionsForNoUse(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }
}
