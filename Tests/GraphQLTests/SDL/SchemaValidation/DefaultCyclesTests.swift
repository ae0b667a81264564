import GraphQL
import Testing

@Suite struct DefaultCyclesTests {
    @Test(arguments: [
        ValidationCase("type Query { a: Int } input A { a: A = {a: null} }"),
        ValidationCase("type Query { a: Int } input A { a: A b: B = {} } input B { c: Int = 1 }"),
        ValidationCase("type Query { a(x: A = {}): Int } input A { b: B = {a: {b: null}} } input B { a: A = null }"),
    ])
    func allowsDefaultsThatEnd(_ testCase: ValidationCase) {
        expectSchemaErrors(testCase)
    }

    @Test(arguments: [
        ValidationCase(
            "type Query { a: Int } input A { a: A = {} }",
            .error(itself("A.a"), at: (1, 40))
        ),
        ValidationCase(
            """
            type Query { a: Int }
            input A { b: B = {} }
            input B { c: C = {} }
            input C { a: A = {} }
            """,
            .error(itself("A.b", via: "B.c, C.a"), at: (2, 18), (3, 18), (4, 18))
        ),
        ValidationCase(
            "type Query { a: Int } input A { l: [A] = [{}] }",
            .error(itself("A.l"), at: (1, 42))
        ),
        ValidationCase(
            "type Query { a: Int } input A { l: [A!]! = [{n: 1}] n: Int }",
            .error(itself("A.l"), at: (1, 44))
        ),
        ValidationCase(
            "type Query { a: Int } input A { a: A! = {} }",
            .error(
                "Cannot reference Input Object \"A\" within itself through a series of non-null fields: \"a\".",
                at: (1, 33)
            ),
            .error(itself("A.a"), at: (1, 41))
        ),
    ])
    func reportsDefaultsThatContainThemselves(_ testCase: ValidationCase) {
        expectSchemaErrors(testCase)
    }

    private static func itself(_ field: String, via others: String? = nil) -> String {
        "Invalid circular reference. The default value of Input Object field \(field) references itself"
            + (others.map { " via the default values of: \($0)." } ?? ".")
    }
}
