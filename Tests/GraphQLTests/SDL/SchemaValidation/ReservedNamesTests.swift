import GraphQL
import Testing

@Suite struct ReservedNamesTests {
    @Test(arguments: [
        ValidationCase(
            "type Query { __a(__b: Int): Int _c: Int }",
            .error(
                "Name \"__a\" must not begin with \"__\", which is reserved by GraphQL introspection.",
                at: (1, 14)
            ),
            .error(
                "Name \"__b\" must not begin with \"__\", which is reserved by GraphQL introspection.",
                at: (1, 18)
            )
        ),
        ValidationCase(
            """
            directive @__d(__x: Int) on FIELD
            type Query { a: Int }
            """,
            .error("Name \"__d\" must not begin with \"__\", which is reserved by GraphQL introspection.", at: (1, 1)),
            .error(
                "Name \"__x\" must not begin with \"__\", which is reserved by GraphQL introspection.",
                at: (1, 16)
            )
        ),
        ValidationCase(
            """
            enum __E { __A B }
            type Query { a: Int }
            """,
            .error("Name \"__E\" must not begin with \"__\", which is reserved by GraphQL introspection.", at: (1, 1)),
            .error(
                "Name \"__A\" must not begin with \"__\", which is reserved by GraphQL introspection.",
                at: (1, 12)
            )
        ),
        ValidationCase(
            """
            input __I { __x: Int }
            type Query { a: Int }
            """,
            .error("Name \"__I\" must not begin with \"__\", which is reserved by GraphQL introspection.", at: (1, 1)),
            .error(
                "Name \"__x\" must not begin with \"__\", which is reserved by GraphQL introspection.",
                at: (1, 13)
            )
        ),
        ValidationCase(
            """
            union __U = Query
            type Query { a: Int }
            """,
            .error("Name \"__U\" must not begin with \"__\", which is reserved by GraphQL introspection.", at: (1, 1))
        ),
        ValidationCase(
            """
            interface __If { a: Int }
            "d" scalar __S
            type Query { a: Int }
            """,
            .error(
                "Name \"__If\" must not begin with \"__\", which is reserved by GraphQL introspection.",
                at: (1, 1)
            ),
            .error("Name \"__S\" must not begin with \"__\", which is reserved by GraphQL introspection.", at: (2, 1))
        ),
    ])
    func reportsNamesThatBelongToIntrospection(_ testCase: ValidationCase) {
        expectSchemaErrors(testCase)
    }
}
