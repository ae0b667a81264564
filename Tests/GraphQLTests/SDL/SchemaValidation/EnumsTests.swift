import GraphQL
import Testing

@Suite struct EnumsTests {
    @Test(arguments: [
        ValidationCase(
            """
            enum E
            type Query { a: Int }
            """,
            .error("Enum type E must define one or more values.", at: (1, 1))
        ),
        ValidationCase(
            """
            enum E @d
            extend enum E @e
            directive @d on ENUM
            directive @e on ENUM
            type Query { a: Int }
            """,
            .error("Enum type E must define one or more values.", at: (1, 1), (2, 1))
        ),
        ValidationCase(
            """
            enum E
            extend enum E { A }
            type Query { a: Int }
            """
        ),
    ])
    func reportsEnumsWithoutValues(_ testCase: ValidationCase) {
        expectSchemaErrors(testCase)
    }
}
