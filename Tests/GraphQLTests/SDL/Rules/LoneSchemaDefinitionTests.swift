import GraphQL
import Testing

@Suite struct LoneSchemaDefinitionTests {
    @Test(arguments: [
        ValidationCase("type Query { a: Int }"),
        ValidationCase(
            """
            schema { query: Q }
            type Q { a: Int }
            """
        ),
        ValidationCase(
            """
            schema { query: Q }
            extend schema { mutation: Q }
            type Q { a: Int }
            """
        ),
        ValidationCase(
            """
            schema { query: Q }
            type Q { a: Int }
            schema { mutation: Q }
            "d" schema { subscription: Q }
            """,
            .error("Must provide only one schema definition.", at: (3, 1)),
            .error("Must provide only one schema definition.", at: (4, 1))
        ),
    ])
    func reportsEveryFurtherSchemaDefinition(_ testCase: ValidationCase) throws {
        try expectSDLErrors(testCase)
    }
}
