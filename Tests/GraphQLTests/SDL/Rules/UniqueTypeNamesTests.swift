import GraphQL
import Testing

@Suite struct UniqueTypeNamesTests {
    @Test(arguments: [
        ValidationCase(
            """
            type Query { a: Int }
            extend type Query { b: Int }
            """
        ),
        ValidationCase(
            """
            type A { a: Int }
            scalar A
            scalar B
            "d" enum A { X }
            union C = A
            interface B { a: Int }
            input A { a: Int }
            """,
            .error("There can be only one type named \"A\".", at: (1, 6), (2, 8)),
            .error("There can be only one type named \"A\".", at: (1, 6), (4, 10)),
            .error("There can be only one type named \"B\".", at: (3, 8), (6, 11)),
            .error("There can be only one type named \"A\".", at: (1, 6), (7, 7)),
            .error("Field \"A.a\" can only be defined once.", at: (1, 10), (7, 11))
        ),
        ValidationCase(
            """
            scalar Int
            scalar Int
            """,
            .error("There can be only one type named \"Int\".", at: (1, 8), (2, 8))
        ),
        ValidationCase(
            """
            scalar skip
            directive @skip on FIELD
            """
        ),
    ])
    func reportsEveryFurtherTypeOfAName(_ testCase: ValidationCase) throws {
        try expectSDLErrors(testCase)
    }
}
