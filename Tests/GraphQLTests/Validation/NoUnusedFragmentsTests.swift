import GraphQL
import Testing

@Suite struct NoUnusedFragmentsTests {
    static let rejectsFragmentsThatNoOperationReachesCases: [ValidationCase] = [
        ValidationCase(
            "{ ferry { id } } fragment A on Ferry { id }",
            .error(#"Fragment "A" is never used."#, at: (1, 18))
        ),
        ValidationCase(
            "{ ferry { ...A } } fragment A on Ferry { id } fragment B on Ferry { ...C } fragment"
                + " C on Ferry { ...A }",
            .error(#"Fragment "B" is never used."#, at: (1, 47)),
            .error(#"Fragment "C" is never used."#, at: (1, 76))
        ),
        ValidationCase(
            "fragment A on Ferry { sister { ...B } } fragment B on Ferry { sister { ...A } } {"
                + " ferry { id } }",
            .error(#"Cannot spread fragment "A" within itself via "B"."#, at: (1, 32), (1, 72)),
            .error(#"Fragment "A" is never used."#, at: (1, 1)),
            .error(#"Fragment "B" is never used."#, at: (1, 41))
        ),
        ValidationCase(
            "fragment A on Ferry { id }",
            .error(#"Fragment "A" is never used."#, at: (1, 1))
        ),
    ]

    static let takesTheLastFragmentOfANameCases: [ValidationCase] = [
        ValidationCase(
            "{ ferry { ...A } } fragment A on Ferry { ...B } fragment A on Ferry { id } fragment"
                + " B on Ferry { id }",
            .error(#"There can be only one fragment named "A"."#, at: (1, 29), (1, 58)),
            .error(#"Fragment "B" is never used."#, at: (1, 76))
        )
    ]

    @Test(arguments: [
        "{ ferry { ...A } } fragment A on Ferry { ...B } fragment B on Ferry { id }",
        "query A { ferry { sister { ...F } } } query B { moored { ... on Ferry { ...G } } }"
            + " fragment F on Ferry { id } fragment G on Ferry { name }",
        "fragment A on Ferry { id } { ferry { ...A } }",
    ])
    func acceptsFragmentsInUse(document: String) throws {
        #expect(try ValidationSchema.errors(in: document) == [])
    }

    @Test(arguments: rejectsFragmentsThatNoOperationReachesCases)
    func rejectsFragmentsThatNoOperationReaches(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: takesTheLastFragmentOfANameCases)
    func takesTheLastFragmentOfAName(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }
}
