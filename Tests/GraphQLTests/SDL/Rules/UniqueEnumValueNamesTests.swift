import GraphQL
import Testing

@Suite struct UniqueEnumValueNamesTests {
    @Test(arguments: [
        ValidationCase(
            """
            enum E { A B }
            enum F { A }
            extend enum E { C }
            """
        ),
        ValidationCase(
            "enum E { A \"d\" B A A }",
            .error("Enum value \"E.A\" can only be defined once.", at: (1, 10), (1, 18)),
            .error("Enum value \"E.A\" can only be defined once.", at: (1, 10), (1, 20))
        ),
        ValidationCase(
            """
            enum E { A }
            extend enum E { B A }
            extend enum E { B }
            """,
            .error("Enum value \"E.A\" can only be defined once.", at: (1, 10), (2, 19)),
            .error("Enum value \"E.B\" can only be defined once.", at: (2, 17), (3, 17))
        ),
        ValidationCase(
            """
            extend enum E { A }
            enum E { A }
            """,
            .error("Enum value \"E.A\" can only be defined once.", at: (1, 17), (2, 10))
        ),
    ])
    func reportsAValueThatIsDefinedAgain(_ testCase: ValidationCase) throws {
        try expectSDLErrors(testCase)
    }
}
