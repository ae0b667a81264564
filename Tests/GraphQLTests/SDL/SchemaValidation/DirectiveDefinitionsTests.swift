import GraphQL
import Testing

@Suite struct DirectiveDefinitionsTests {
    @Test(arguments: [
        ValidationCase(
            """
            directive @d(a: Int! @deprecated(reason: "x"), b: Int! = 1 @deprecated, c: Int @deprecated) on FIELD
            type Query { a: Int }
            """,
            .error("Required argument @d(a:) cannot be deprecated.", at: (1, 22), (1, 17))
        ),
        ValidationCase(
            """
            directive @d(a: Query, "d" b: [Query!]!) on FIELD
            type Query { a: Int }
            """,
            .error("The type of @d(a:) must be Input Type but got: Query.", at: (1, 14)),
            .error("The type of @d(b:) must be Input Type but got: [Query!]!.", at: (1, 24))
        ),
    ])
    func reportsArgumentsThatTakeNoInputOrMustBeGivenAlthoughDeprecated(_ testCase: ValidationCase) {
        expectSchemaErrors(testCase)
    }
}
