import GraphQL
import Testing

@Suite struct UniqueOperationTypesTests {
    @Test(arguments: [
        ValidationCase(
            """
            schema { query: Q mutation: Q subscription: Q }
            type Q { a: Int }
            """
        ),
        ValidationCase(
            """
            schema { query: Q query: Q mutation: Q }
            type Q { a: Int }
            """,
            .error("There can be only one query type in schema.", at: (1, 10), (1, 19))
        ),
        ValidationCase(
            """
            schema { query: Q }
            extend schema { mutation: Q query: Q }
            extend schema { mutation: Q subscription: Q }
            type Q { a: Int }
            """,
            .error("There can be only one query type in schema.", at: (1, 10), (2, 29)),
            .error("There can be only one mutation type in schema.", at: (2, 17), (3, 17))
        ),
        ValidationCase(
            """
            extend schema { query: Q }
            extend schema { query: Q }
            type Q { a: Int }
            """,
            .error("There can be only one query type in schema.", at: (1, 17), (2, 17))
        ),
    ])
    func reportsAKindOfOperationWithTwoRootTypes(_ testCase: ValidationCase) throws {
        try expectSDLErrors(testCase)
    }
}
