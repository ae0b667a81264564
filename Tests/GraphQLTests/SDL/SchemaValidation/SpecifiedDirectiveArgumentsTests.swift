import GraphQL
import Testing

/// Arguments of `@deprecated` and `@specifiedBy` are looked at while a schema is built.
@Suite struct SpecifiedDirectiveArgumentsTests {
    @Test(arguments: [
        ValidationCase(
            """
            type Query { a(x: Int @deprecated(reason: E)): Int @deprecated(reason: 1) }
            enum E { A @deprecated(reason: ["x"]) }
            """,
            .error("Argument \"reason\" has invalid value [\"x\"].", at: (2, 32))
        ),
        ValidationCase(
            """
            scalar S @specifiedBy(url: null)
            type Query { a: Int }
            """,
            .error("Argument \"url\" of non-null type \"String!\" must not be null.", at: (1, 28))
        ),
        ValidationCase(
            """
            scalar S @specifiedBy(url: 1)
            type Query { a: Int }
            """,
            .error("Argument \"url\" has invalid value 1.", at: (1, 28))
        ),
        ValidationCase(
            """
            directive @d(a: Int @deprecated(reason: 1.5)) on FIELD
            type Query { a: Int @deprecated(reason: true) }
            """,
            .error("Argument \"reason\" has invalid value 1.5.", at: (1, 41))
        ),
    ])
    func reportsTheFirstArgumentThatDoesNotFit(_ testCase: ValidationCase) {
        expectSchemaErrors(testCase)
    }

    @Test(arguments: [
        ValidationCase(
            """
            type Query { a(x: In @deprecated(reason: "r")): Int b: Int @deprecated }
            input In { a: Int @deprecated }
            scalar S @specifiedBy(url: "u")
            """
        )
    ])
    func reportsNothingElseOfSuchArguments(_ testCase: ValidationCase) {
        expectSchemaErrors(testCase)
    }
}
