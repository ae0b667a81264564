import GraphQL
import Testing

@Suite struct InputObjectsTests {
    @Test(arguments: [
        ValidationCase(
            """
            input In
            type Query { a: Int }
            """,
            .error("Input Object type In must define one or more fields.", at: (1, 1))
        ),
        ValidationCase(
            """
            input In
            extend input In @d
            directive @d on INPUT_OBJECT
            type Query { a: Int }
            """,
            .error("Input Object type In must define one or more fields.", at: (1, 1), (2, 1))
        ),
    ])
    func reportsInputObjectsWithoutFields(_ testCase: ValidationCase) {
        expectSchemaErrors(testCase)
    }

    @Test(arguments: [
        ValidationCase(
            """
            input In { a: Query b: [U!] c: In }
            union U = Query
            type Query { a: Int }
            """,
            .error("The type of In.a must be Input Type but got: Query.", at: (1, 15)),
            .error("The type of In.b must be Input Type but got: [U!].", at: (1, 24))
        )
    ])
    func reportsFieldsThatTakeNoInput(_ testCase: ValidationCase) {
        expectSchemaErrors(testCase)
    }

    @Test(arguments: [
        ValidationCase(
            """
            input In { a: Int! @deprecated b: Int! = 1 @deprecated(reason: "r") c: Int @deprecated }
            type Query { a: Int }
            """,
            .error("Required input field In.a cannot be deprecated.", at: (1, 20), (1, 15))
        )
    ])
    func reportsRequiredFieldsThatAreDeprecated(_ testCase: ValidationCase) {
        expectSchemaErrors(testCase)
    }

    @Test(arguments: [
        ValidationCase(
            """
            input In @oneOf { a: Int b: [Int!] c: Int! d: Int = 1 "d" e: Int! = 2 }
            extend input In { f: String! }
            type Query { a: Int }
            """,
            .error("OneOf input field In.c must be nullable.", at: (1, 39)),
            .error("OneOf input field In.d cannot have a default value.", at: (1, 44)),
            .error("OneOf input field In.e must be nullable.", at: (1, 62)),
            .error("OneOf input field In.e cannot have a default value.", at: (1, 55)),
            .error("OneOf input field In.f must be nullable.", at: (2, 22))
        ),
        ValidationCase(
            """
            input In { a: Int! }
            extend input In @oneOf
            type Query { a: Int }
            """,
            .error(#"Directive "@oneOf" must not be provided by an extension of Input Object type In."#, at: (2, 17))
        ),
    ])
    func reportsFieldsOfOneOfInputObjectsThatCannotBeLeftOut(_ testCase: ValidationCase) {
        expectSchemaErrors(testCase)
    }

    @Test(arguments: [
        ValidationCase(
            """
            input A { a: A b: [A!]! c: [A]! }
            type Query { a: Int }
            """
        ),
        ValidationCase(
            """
            input A { a: A! }
            type Query { a: Int }
            """,
            .error(
                "Cannot reference Input Object \"A\" within itself through a series of non-null fields: \"a\".",
                at: (1, 11)
            )
        ),
        ValidationCase(
            """
            input A { b: B! }
            input B { c: C! }
            input C { "d" a: A! }
            type Query { a: Int }
            """,
            .error(
                "Cannot reference Input Object \"A\" within itself through a series of non-null fields: \"b.c.a\".",
                at: (1, 11),
                (2, 11),
                (3, 11)
            )
        ),
        ValidationCase(
            """
            input A { b: B! x: A! }
            input B { c: C! a: A! }
            input C { a: A! b: B! c: C! d: D! }
            input D { d: D }
            type Query { a: Int }
            """,
            .error(
                "Cannot reference Input Object \"A\" within itself through a series of non-null fields: \"b.c.a\".",
                at: (1, 11),
                (2, 11),
                (3, 11)
            ),
            .error(
                "Cannot reference Input Object \"B\" within itself through a series of non-null fields: \"c.b\".",
                at: (2, 11),
                (3, 17)
            ),
            .error(
                "Cannot reference Input Object \"C\" within itself through a series of non-null fields: \"c\".",
                at: (3, 23)
            ),
            .error(
                "Cannot reference Input Object \"A\" within itself through a series of non-null fields: \"b.a\".",
                at: (1, 11),
                (2, 17)
            ),
            .error(
                "Cannot reference Input Object \"A\" within itself through a series of non-null fields: \"x\".",
                at: (1, 17)
            )
        ),
    ])
    func reportsTypesThatMustContainThemselves(_ testCase: ValidationCase) {
        expectSchemaErrors(testCase)
    }
}
