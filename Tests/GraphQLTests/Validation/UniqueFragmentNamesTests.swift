import GraphQL
import Testing

@Suite struct UniqueFragmentNamesTests {
    static let rejectsRepeatedNamesCases: [ValidationCase] = [
        ValidationCase(
            "{ ferry { ...A } } fragment A on Ferry { id } fragment A on Ferry { name }",
            .error(#"There can be only one fragment named "A"."#, at: (1, 29), (1, 56))
        ),
        ValidationCase(
            """
            { ferry { ...A } }
            fragment A on Ferry { id }
            fragment A on Tug { id }
            fragment A on Ferry { id }
            """,
            .error(#"There can be only one fragment named "A"."#, at: (2, 10), (3, 10)),
            .error(#"There can be only one fragment named "A"."#, at: (2, 10), (4, 10))
        ),
        ValidationCase(
            "fragment A on Ferry { id } { ferry { ...A } sloop { ...B } } fragment B on Sloop {"
                + " id } fragment A on Ferry { name } fragment B on Sloop { name }",
            .error(#"There can be only one fragment named "A"."#, at: (1, 10), (1, 98)),
            .error(#"There can be only one fragment named "B"."#, at: (1, 71), (1, 127))
        ),
    ]

    @Test(arguments: [
        "{ ferry { ...A ...B } } fragment A on Ferry { id } fragment B on Ferry { name }",
        "query A { ferry { ...A } } fragment A on Ferry { id }",
        "{ ferry { ... on Ferry { id } ... on Ferry { name } } }",
    ])
    func acceptsDifferentNames(document: String) throws {
        #expect(try ValidationSchema.errors(in: document) == [])
    }

    @Test(arguments: rejectsRepeatedNamesCases)
    func rejectsRepeatedNames(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }
}
