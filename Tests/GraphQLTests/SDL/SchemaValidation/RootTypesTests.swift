import GraphQL
import Testing

@Suite struct RootTypesTests {
    @Test(arguments: [
        ValidationCase("type Query { a: Int }"),
        ValidationCase(
            """
            schema { query: Q }
            type Q { a: Int }
            input Query { a: Int }
            scalar Mutation
            """
        ),
        ValidationCase(
            """
            extend schema { mutation: M }
            type Query { a: Int }
            type M { a: Int }
            """
        ),
    ])
    func takesTheDefaultNamesOrThoseOfTheSchemaDefinition(_ testCase: ValidationCase) {
        expectSchemaErrors(testCase)
    }

    @Test(arguments: [
        ValidationCase(
            "type Mutation { a: Int }",
            .error("Query root type must be provided.")
        ),
        ValidationCase(
            """
            "d" schema { mutation: M }
            type M { a: Int }
            """,
            .error("Query root type must be provided.", at: (1, 1))
        ),
        ValidationCase(
            "scalar A",
            .error("Query root type must be provided.")
        ),
    ])
    func asksForAQueryType(_ testCase: ValidationCase) {
        expectSchemaErrors(testCase)
    }

    @Test(arguments: [
        ValidationCase(
            "input Query { a: Int }",
            .error("Query root type must be Object type, it cannot be Query.", at: (1, 1))
        ),
        ValidationCase(
            """
            schema { query: In mutation: U }
            extend schema { subscription: E }
            input In { a: Int }
            union U = T
            type T { a: Int }
            enum E { A }
            """,
            .error("Query root type must be Object type, it cannot be In.", at: (1, 17)),
            .error("Mutation root type must be Object type if provided, it cannot be U.", at: (1, 30)),
            .error("Subscription root type must be Object type if provided, it cannot be E.", at: (2, 31))
        ),
        ValidationCase(
            """
            type Query { a: Int }
            scalar Mutation
            "d" enum Subscription { A }
            """,
            .error("Mutation root type must be Object type if provided, it cannot be Mutation.", at: (2, 1)),
            .error("Subscription root type must be Object type if provided, it cannot be Subscription.", at: (3, 1))
        ),
        ValidationCase(
            "schema { query: Int }",
            .error("Query root type must be Object type, it cannot be Int.", at: (1, 17))
        ),
    ])
    func asksForObjectTypes(_ testCase: ValidationCase) {
        expectSchemaErrors(testCase)
    }
}
