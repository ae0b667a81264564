import GraphQL
import Testing

@Suite struct KnownFragmentNamesTests {
    static let rejectsUnknownFragmentsCases: [ValidationCase] = [
        ValidationCase(
            "{ ferry { ...A } }",
            .error(#"Unknown fragment "A"."#, at: (1, 14))
        ),
        ValidationCase(
            "{ ferry { ...A ... on Ferry { ...B } sister { ...C } } }",
            .error(#"Unknown fragment "A"."#, at: (1, 14)),
            .error(#"Unknown fragment "B"."#, at: (1, 34)),
            .error(#"Unknown fragment "C"."#, at: (1, 50))
        ),
        ValidationCase(
            "{ ferry { ...A } } fragment A on Ferry { sister { ...a } }",
            .error(#"Unknown fragment "a"."#, at: (1, 54))
        ),
        ValidationCase(
            "query A { ferry { ...Ferry } }",
            .error(#"Unknown fragment "Ferry"."#, at: (1, 22))
        ),
    ]

    @Test(arguments: [
        "{ ferry { ...A } } fragment A on Ferry { sister { ...B } } fragment B on Ferry { id"
            + " }",
        "{ ferry { ... { id } ... on Ferry { name } } }",
    ])
    func acceptsFragmentsOfTheDocument(document: String) throws {
        #expect(try ValidationSchema.errors(in: document) == [])
    }

    @Test(arguments: rejectsUnknownFragmentsCases)
    func rejectsUnknownFragments(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }
}
