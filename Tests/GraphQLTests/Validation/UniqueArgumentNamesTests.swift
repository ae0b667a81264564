import GraphQL
import Testing

@Suite struct UniqueArgumentNamesTests {
    static let rejectsRepeatedArgumentsCases: [ValidationCase] = [
        ValidationCase(
            "{ vessel(id: 1, id: 2) { id } }",
            .error(#"There can be only one argument named "id"."#, at: (1, 10), (1, 17))
        ),
        ValidationCase(
            "{ echo(int: 1, float: 1, int: 2, float: 2, int: 3) }",
            .error(#"There can be only one argument named "int"."#, at: (1, 8), (1, 26), (1, 44)),
            .error(#"There can be only one argument named "float"."#, at: (1, 16), (1, 34))
        ),
        ValidationCase(
            #"{ ferry { id @skip(if: true, if: false) @mark(label: "a", label: "b", level: 1) } }"#,
            .error(#"There can be only one argument named "if"."#, at: (1, 20), (1, 30)),
            .error(#"There can be only one argument named "label"."#, at: (1, 47), (1, 59))
        ),
        ValidationCase(
            #"query @mark(label: "a", label: "a") { vessel(id: 1) @mark(label: "a", label: "b") {"#
                + " id } }",
            .error(#"There can be only one argument named "label"."#, at: (1, 13), (1, 25)),
            .error(#"There can be only one argument named "label"."#, at: (1, 59), (1, 71))
        ),
    ]

    static let rejectsRepeatedArgumentsOfDirectivesOfDefinitionsCases: [ValidationCase] = [
        ValidationCase(
            #"type Query { a: Int @deprecated(reason: "a", reason: "b") b(c: Int"#
                + #" @deprecated(reason: "a", reason: "b", reason: "c")): Int }"#,
            .error(#"There can be only one argument named "reason"."#, at: (1, 33), (1, 46)),
            .error(#"There can be only one argument named "reason"."#, at: (1, 80), (1, 93), (1, 106))
        )
    ]

    @Test(arguments: [
        "{ vessel(id: 1) { name(short: true) } echo(int: 1, float: 1) }",
        #"{ ferry @skip(if: true) @include(if: true) { id @mark(label: "a", level: 1) } }"#,
    ])
    func acceptsArgumentsOnce(document: String) throws {
        #expect(try ValidationSchema.errors(in: document) == [])
    }

    @Test(arguments: rejectsRepeatedArgumentsCases)
    func rejectsRepeatedArguments(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsRepeatedArgumentsOfDirectivesOfDefinitionsCases)
    func rejectsRepeatedArgumentsOfDirectivesOfDefinitions(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(inDefinitions: example.document) == example.errors)
    }
}
