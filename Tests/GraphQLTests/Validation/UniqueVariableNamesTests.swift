import GraphQL
import Testing

@Suite struct UniqueVariableNamesTests {
    static let rejectsRepeatedNamesCases: [ValidationCase] = [
        ValidationCase(
            "query A($a: Int, $a: Int) { echo(int: $a) }",
            .error(#"There can be only one variable named "$a"."#, at: (1, 10), (1, 19))
        ),
        ValidationCase(
            "query A($a: Int, $b: String, $a: Int, $b: String, $a: Int) { echo(int: $a, string:"
                + " $b) }",
            .error(#"There can be only one variable named "$a"."#, at: (1, 10), (1, 31), (1, 52)),
            .error(#"There can be only one variable named "$b"."#, at: (1, 19), (1, 40))
        ),
        ValidationCase(
            "query A($a: Int) { echo(int: $a) } query B($a: Int, $a: Int!) { echo(int: $a) }"
                + " query C($a: Int, $a: Int) { echo(int: $a) }",
            .error(#"There can be only one variable named "$a"."#, at: (1, 45), (1, 54)),
            .error(#"There can be only one variable named "$a"."#, at: (1, 90), (1, 99))
        ),
    ]

    @Test(arguments: [
        "query A($a: Int, $b: Int) { echo(int: $a) f: echo(int: $b) }",
        "query A($a: Int) { echo(int: $a) } query B($a: String) { echo(string: $a) }",
    ])
    func acceptsDifferentNames(document: String) throws {
        #expect(try ValidationSchema.errors(in: document) == [])
    }

    @Test(arguments: rejectsRepeatedNamesCases)
    func rejectsRepeatedNames(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }
}
