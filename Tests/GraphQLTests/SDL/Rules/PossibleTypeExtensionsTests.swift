import GraphQL
import Testing

@Suite struct PossibleTypeExtensionsTests {
    @Test(arguments: [
        ValidationCase(
            """
            scalar A
            extend scalar A @d
            type B { a: Int }
            extend type B { b: Int }
            interface C { a: Int }
            extend interface C { b: Int }
            directive @d on SCALAR
            """
        ),
        ValidationCase(
            """
            extend union A = B
            union A = B
            type B { a: Int }
            extend enum C { X }
            enum C { Y }
            extend input D { a: Int }
            input D { b: Int }
            """
        ),
    ])
    func allowsExtensionsOfTheSameKind(_ testCase: ValidationCase) throws {
        try expectSDLErrors(testCase)
    }

    @Test(arguments: [
        ValidationCase(
            """
            type Known { a: Int }
            extend type Knwn { b: Int }
            """,
            .error("Cannot extend type \"Knwn\" because it is not defined. Did you mean \"Known\"?", at: (2, 13))
        ),
        ValidationCase(
            """
            extend scalar A @d
            extend type A { a: Int }
            extend interface A { a: Int }
            extend union A = B
            directive @d on SCALAR
            type B { a: Int }
            """,
            .error("Cannot extend type \"A\" because it is not defined. Did you mean \"B\"?", at: (1, 15)),
            .error("Cannot extend type \"A\" because it is not defined. Did you mean \"B\"?", at: (2, 13)),
            .error("Field \"A.a\" can only be defined once.", at: (2, 17), (3, 22)),
            .error("Cannot extend type \"A\" because it is not defined. Did you mean \"B\"?", at: (3, 18)),
            .error("Cannot extend type \"A\" because it is not defined. Did you mean \"B\"?", at: (4, 14))
        ),
        ValidationCase(
            "extend type Query { a: Int }",
            .error("Cannot extend type \"Query\" because it is not defined.", at: (1, 13))
        ),
        ValidationCase(
            """
            extend type String { a: Int }
            extend input Int { a: Int }
            """,
            .error("Cannot extend type \"String\" because it is not defined.", at: (1, 13)),
            .error("Cannot extend type \"Int\" because it is not defined.", at: (2, 14))
        ),
    ])
    func reportsExtensionsOfWhatIsNotDefined(_ testCase: ValidationCase) throws {
        try expectSDLErrors(testCase)
    }

    @Test(arguments: [
        ValidationCase(
            """
            scalar A
            extend type A { a: Int }
            """,
            .error("Cannot extend non-object type \"A\".", at: (1, 1), (2, 1))
        ),
        ValidationCase(
            """
            type A { a: Int }
            extend interface A { b: Int }
            """,
            .error("Cannot extend non-interface type \"A\".", at: (1, 1), (2, 1))
        ),
        ValidationCase(
            """
            interface A { a: Int }
            extend union A = B
            type B { a: Int }
            """,
            .error("Cannot extend non-union type \"A\".", at: (1, 1), (2, 1))
        ),
        ValidationCase(
            """
            union A = B
            extend enum A { X }
            type B { a: Int }
            """,
            .error("Cannot extend non-enum type \"A\".", at: (1, 1), (2, 1))
        ),
        ValidationCase(
            """
            enum A { X }
            extend input A { a: Int }
            """,
            .error("Cannot extend non-input object type \"A\".", at: (1, 1), (2, 1))
        ),
        ValidationCase(
            """
            input A { a: Int }
            extend scalar A @d
            directive @d on SCALAR
            """,
            .error("Cannot extend non-scalar type \"A\".", at: (1, 1), (2, 1))
        ),
        ValidationCase(
            """
            "d" type A { a: Int }
            scalar A
            extend scalar A @d
            directive @d on SCALAR
            """,
            .error("There can be only one type named \"A\".", at: (1, 10), (2, 8))
        ),
    ])
    func reportsExtensionsOfAnotherKind(_ testCase: ValidationCase) throws {
        try expectSDLErrors(testCase)
    }
}
