import GraphQL
import Testing

@Suite struct UniqueArgumentDefinitionNamesTests {
    @Test(arguments: [
        ValidationCase(
            """
            type A { a(x: Int, y: Int): Int b(x: Int): Int }
            directive @d(x: Int) on FIELD
            """
        ),
        ValidationCase(
            """
            type A { a(x: Int, y: Int, x: Int, "d" x: Int): Int }
            interface B { b(x: Int x: Int y: Int y: Int): Int }
            """,
            .error("Argument \"A.a(x:)\" can only be defined once.", at: (1, 12), (1, 28), (1, 40)),
            .error("Argument \"B.b(x:)\" can only be defined once.", at: (2, 17), (2, 24)),
            .error("Argument \"B.b(y:)\" can only be defined once.", at: (2, 31), (2, 38))
        ),
        ValidationCase(
            """
            type A { a: Int }
            extend type A { b(x: Int x: Int): Int }
            interface B { a: Int }
            extend interface B { b(x: Int x: Int): Int }
            """,
            .error("Argument \"A.b(x:)\" can only be defined once.", at: (2, 19), (2, 26)),
            .error("Argument \"B.b(x:)\" can only be defined once.", at: (4, 24), (4, 31))
        ),
        ValidationCase(
            "directive @d(x: Int, y: Int, x: Int) on FIELD",
            .error("Argument \"@d(x:)\" can only be defined once.", at: (1, 14), (1, 30))
        ),
    ])
    func reportsTheArgumentsOfANameTogether(_ testCase: ValidationCase) throws {
        try expectSDLErrors(testCase)
    }
}
