import GraphQL
import Testing

@Suite struct NoFragmentCyclesTests {
    static let rejectsAFragmentThatSpreadsItselfCases: [ValidationCase] = [
        ValidationCase(
            "{ ferry { ...A } } fragment A on Ferry { ...A }",
            .error(#"Cannot spread fragment "A" within itself."#, at: (1, 42))
        ),
        ValidationCase(
            "{ ferry { ...A } } fragment A on Ferry { sister { ...A } }",
            .error(#"Cannot spread fragment "A" within itself."#, at: (1, 51))
        ),
        ValidationCase(
            "{ ferry { ...A } } fragment A on Ferry { ... on Ferry { id ...A } sister { sister {"
                + " ...A } } }",
            .error(#"Cannot spread fragment "A" within itself."#, at: (1, 85)),
            .error(#"Cannot spread fragment "A" within itself."#, at: (1, 60))
        ),
        ValidationCase(
            "fragment A on Ferry { id ...A } fragment B on Ferry { id } { ferry { ...A ...B } }",
            .error(#"Cannot spread fragment "A" within itself."#, at: (1, 26))
        ),
    ]

    static let rejectsCyclesThroughOtherFragmentsCases: [ValidationCase] = [
        ValidationCase(
            "{ ferry { ...A } } fragment A on Ferry { ...B } fragment B on Ferry { ...A }",
            .error(#"Cannot spread fragment "A" within itself via "B"."#, at: (1, 42), (1, 71))
        ),
        ValidationCase(
            """
            { ferry { ...A } }
            fragment A on Ferry { sister { ...B } }
            fragment B on Ferry { ...C }
            fragment C on Ferry { id ...A }
            """,
            .error(#"Cannot spread fragment "A" within itself via "B", "C"."#, at: (2, 32), (3, 23), (4, 26))
        ),
        ValidationCase(
            "{ ferry { ...A } } fragment A on Ferry { ...B ...C } fragment B on Ferry { ...D }"
                + " fragment C on Ferry { ...D } fragment D on Ferry { ...A }",
            .error(#"Cannot spread fragment "A" within itself via "B", "D"."#, at: (1, 42), (1, 76), (1, 134))
        ),
        ValidationCase(
            "{ ferry { ...A } } fragment A on Ferry { ...B } fragment B on Ferry { ...B ...A }"
                + " fragment C on Ferry { ...A ...C }",
            .error(#"Cannot spread fragment "B" within itself."#, at: (1, 71)),
            .error(#"Cannot spread fragment "A" within itself via "B"."#, at: (1, 42), (1, 76)),
            .error(#"Cannot spread fragment "C" within itself."#, at: (1, 110)),
            .error(#"Fragment "C" is never used."#, at: (1, 83))
        ),
        ValidationCase(
            "{ ferry { ...A } } fragment A on Ferry { sister { ...B } ...C } fragment B on Ferry"
                + " { ...A } fragment C on Ferry { ...B }",
            .error(#"Cannot spread fragment "A" within itself via "C", "B"."#, at: (1, 58), (1, 116), (1, 87))
        ),
    ]

    static let leavesUnknownFragmentsToAnotherRuleCases: [ValidationCase] = [
        ValidationCase(
            "{ ferry { ...A } } fragment A on Ferry { ...B }",
            .error(#"Unknown fragment "B"."#, at: (1, 45))
        )
    ]

    @Test(arguments: [
        "{ ferry { ...A } } fragment A on Ferry { ...B ...C } fragment B on Ferry { ...C }"
            + " fragment C on Ferry { id }",
        "{ ferry { ...A ...A } } fragment A on Ferry { ...B ...B } fragment B on Ferry { id }",
        "{ ferry { ...A } } fragment A on Ferry { sister { ...B } ... on Ferry { ...B } }"
            + " fragment B on Ferry { id }",
    ])
    func acceptsFragmentsWithoutCycles(document: String) throws {
        #expect(try ValidationSchema.errors(in: document) == [])
    }

    @Test(arguments: rejectsAFragmentThatSpreadsItselfCases)
    func rejectsAFragmentThatSpreadsItself(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsCyclesThroughOtherFragmentsCases)
    func rejectsCyclesThroughOtherFragments(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: leavesUnknownFragmentsToAnotherRuleCases)
    func leavesUnknownFragmentsToAnotherRule(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }
}
