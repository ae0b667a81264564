import GraphQL
import Testing

@Suite struct UnionsTests {
    @Test(arguments: [
        ValidationCase(
            """
            union U
            "d" union V @d
            directive @d on UNION
            type Query { a: Int }
            """,
            .error("Union type U must define one or more member types.", at: (1, 1)),
            .error("Union type V must define one or more member types.", at: (2, 1))
        ),
        ValidationCase(
            """
            union U = Query | Query | Other | Query
            type Other { a: Int }
            extend union U = Other
            type Query { a: Int }
            """,
            .error("Union type U can only include type Query once.", at: (1, 11), (1, 19), (1, 35)),
            .error("Union type U can only include type Query once.", at: (1, 11), (1, 19), (1, 35)),
            .error("Union type U can only include type Other once.", at: (1, 27), (3, 18))
        ),
        ValidationCase(
            """
            union U = Query | In | I | E | S | U | Int
            input In { a: Int }
            interface I { a: Int }
            enum E { A }
            scalar S
            type Query { a: Int }
            """,
            .error("Union type U can only include Object types, it cannot include In.", at: (1, 19)),
            .error("Union type U can only include Object types, it cannot include I.", at: (1, 24)),
            .error("Union type U can only include Object types, it cannot include E.", at: (1, 28)),
            .error("Union type U can only include Object types, it cannot include S.", at: (1, 32)),
            .error("Union type U can only include Object types, it cannot include U.", at: (1, 36)),
            .error("Union type U can only include Object types, it cannot include Int.", at: (1, 40))
        ),
    ])
    func reportsMembersThatAreMissingRepeatedOrNoObjectTypes(_ testCase: ValidationCase) {
        expectSchemaErrors(testCase)
    }
}
