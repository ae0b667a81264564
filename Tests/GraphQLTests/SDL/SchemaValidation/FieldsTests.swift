import GraphQL
import Testing

@Suite struct FieldsTests {
    @Test(arguments: [
        ValidationCase(
            "type Query",
            .error("Type Query must define one or more fields.", at: (1, 1))
        ),
        ValidationCase(
            """
            type Query
            "d" interface I
            extend type Query @d
            directive @d on OBJECT
            """,
            .error("Type Query must define one or more fields.", at: (1, 1), (3, 1)),
            .error("Type I must define one or more fields.", at: (2, 1))
        ),
        ValidationCase(
            """
            type Query
            extend type Query { a: Int }
            """
        ),
    ])
    func reportsTypesWithoutFields(_ testCase: ValidationCase) {
        expectSchemaErrors(testCase)
    }

    @Test(arguments: [
        ValidationCase(
            """
            type Query { a: In b: [In!]! c: [[In]] }
            input In { a: Int }
            """,
            .error("The type of Query.a must be Output Type but got: In.", at: (1, 17)),
            .error("The type of Query.b must be Output Type but got: [In!]!.", at: (1, 23)),
            .error("The type of Query.c must be Output Type but got: [[In]].", at: (1, 33))
        ),
        ValidationCase(
            """
            interface I { a: In }
            input In { a: Int }
            type Query { a: Int }
            """,
            .error("The type of I.a must be Output Type but got: In.", at: (1, 18))
        ),
    ])
    func reportsFieldsThatYieldNoOutput(_ testCase: ValidationCase) {
        expectSchemaErrors(testCase)
    }

    @Test(arguments: [
        ValidationCase(
            """
            type Query { a(x: Query, y: [U!]!, z: I): Int }
            union U = Query
            interface I { b(x: I): Int }
            """,
            .error("The type of Query.a(x:) must be Input Type but got: Query.", at: (1, 19)),
            .error("The type of Query.a(y:) must be Input Type but got: [U!]!.", at: (1, 29)),
            .error("The type of Query.a(z:) must be Input Type but got: I.", at: (1, 39)),
            .error("The type of I.b(x:) must be Input Type but got: I.", at: (3, 20))
        )
    ])
    func reportsArgumentsThatTakeNoInput(_ testCase: ValidationCase) {
        expectSchemaErrors(testCase)
    }

    @Test(arguments: [
        ValidationCase(
            """
            type Query { a(x: Int! @deprecated, y: Int! = 1 @deprecated, z: Int @deprecated(reason: "r")): Int }
            """,
            .error("Required argument Query.a(x:) cannot be deprecated.", at: (1, 24), (1, 19))
        ),
        ValidationCase(
            "type Query { a(x: Int! = \"no number\" @deprecated): Int }",
            .error(
                #"Query.a(x:) has invalid default value: Int cannot represent non-integer value: "no number""#,
                at: (1, 26)
            )
        ),
    ])
    func reportsRequiredArgumentsThatAreDeprecated(_ testCase: ValidationCase) {
        expectSchemaErrors(testCase)
    }
}
