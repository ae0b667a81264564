import GraphQL
import Testing

@Suite struct UniqueFieldDefinitionNamesTests {
    @Test(arguments: [
        ValidationCase(
            """
            type A { a: Int b: Int }
            interface B { a: Int }
            input C { a: Int }
            extend type A { c: Int }
            """
        ),
        ValidationCase(
            "type A { a: Int \"d\" a: Int b: Int a: Int }",
            .error("Field \"A.a\" can only be defined once.", at: (1, 10), (1, 21)),
            .error("Field \"A.a\" can only be defined once.", at: (1, 10), (1, 35))
        ),
        ValidationCase(
            "interface A { a: Int a: Int }",
            .error("Field \"A.a\" can only be defined once.", at: (1, 15), (1, 22))
        ),
        ValidationCase(
            "input A { a: Int a: Int = 1 }",
            .error("Field \"A.a\" can only be defined once.", at: (1, 11), (1, 18))
        ),
        ValidationCase(
            """
            type A { a: Int }
            extend type A { b: Int a: Int }
            extend type A { b: Int }
            """,
            .error("Field \"A.a\" can only be defined once.", at: (1, 10), (2, 24)),
            .error("Field \"A.b\" can only be defined once.", at: (2, 17), (3, 17))
        ),
        ValidationCase(
            """
            input A { a: Int }
            extend input A { a: Int }
            """,
            .error("Field \"A.a\" can only be defined once.", at: (1, 11), (2, 18))
        ),
        ValidationCase(
            """
            interface A { a: Int }
            extend interface A { a: Int }
            """,
            .error("Field \"A.a\" can only be defined once.", at: (1, 15), (2, 22))
        ),
    ])
    func reportsAFieldThatIsDefinedAgain(_ testCase: ValidationCase) throws {
        try expectSDLErrors(testCase)
    }
}
