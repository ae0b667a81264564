import GraphQL
import Testing

@Suite struct UniqueDirectiveNamesTests {
    @Test(arguments: [
        ValidationCase(
            """
            directive @a on FIELD
            directive @b on FIELD
            type a { b: Int }
            """
        ),
        ValidationCase("directive @skip on FIELD"),
        ValidationCase(
            """
            directive @a on FIELD
            directive @b on FIELD
            "d" directive @a on QUERY
            directive @a on FIELD
            """,
            .error("There can be only one directive named \"@a\".", at: (1, 12), (3, 16)),
            .error("There can be only one directive named \"@a\".", at: (1, 12), (4, 12))
        ),
    ])
    func reportsEveryFurtherDirectiveOfAName(_ testCase: ValidationCase) throws {
        try expectSDLErrors(testCase)
    }
}
