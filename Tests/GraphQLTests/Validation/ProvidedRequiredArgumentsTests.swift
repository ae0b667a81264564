import GraphQL
import Testing

@Suite struct ProvidedRequiredArgumentsTests {
    static let ignoresUnknownFieldsAndDirectivesCases: [ValidationCase] = [
        ValidationCase(
            "{ unknown { a } ferry @unknown { id } }",
            .error(#"Cannot query field "unknown" on type "Query"."#, at: (1, 3)),
            .error(#"Unknown directive "@unknown"."#, at: (1, 23))
        )
    ]

    static let rejectsMissingArgumentsOfFieldsCases: [ValidationCase] = [
        ValidationCase(
            "{ vessel { id } }",
            .error(#"Field "vessel" argument "id" of type "ID!" is required, but it was not provided."#, at: (1, 3))
        ),
        ValidationCase(
            "{ need }",
            .error(#"Field "need" argument "a" of type "Int!" is required, but it was not provided."#, at: (1, 3)),
            .error(
                #"Field "need" argument "list" of type "[String!]!" is required, but it was not"#
                    + " provided.",
                at: (1, 3)
            )
        ),
        ValidationCase(
            "{ need(a: 1) }",
            .error(
                #"Field "need" argument "list" of type "[String!]!" is required, but it was not"#
                    + " provided.",
                at: (1, 3)
            )
        ),
        ValidationCase(
            "{ need(b: 1) v: vessel(idd: 1) { id } }",
            .error(#"Field "need" argument "a" of type "Int!" is required, but it was not provided."#, at: (1, 3)),
            .error(
                #"Field "need" argument "list" of type "[String!]!" is required, but it was not"#
                    + " provided.",
                at: (1, 3)
            ),
            .error(#"Unknown argument "idd" on field "Query.vessel". Did you mean "id"?"#, at: (1, 24)),
            .error(#"Field "vessel" argument "id" of type "ID!" is required, but it was not provided."#, at: (1, 14))
        ),
        ValidationCase(
            "mutation { rename(id: 1) { id } }",
            .error(
                #"Field "rename" argument "name" of type "String!" is required, but it was not"#
                    + " provided.",
                at: (1, 12)
            )
        ),
        ValidationCase(
            "{ vessel { vessel: name } __type { name } }",
            .error(#"Field "vessel" argument "id" of type "ID!" is required, but it was not provided."#, at: (1, 3)),
            .error(
                #"Field "__type" argument "name" of type "String!" is required, but it was not"#
                    + " provided.",
                at: (1, 27)
            )
        ),
    ]

    static let rejectsMissingArgumentsOfDirectivesCases: [ValidationCase] = [
        ValidationCase(
            "{ ferry @skip { id @include @mark @mark(level: 1) } }",
            .error(
                #"Directive "@skip" argument "if" of type "Boolean!" is required, but it was not"#
                    + " provided.",
                at: (1, 9)
            ),
            .error(
                #"Directive "@include" argument "if" of type "Boolean!" is required, but it was not"#
                    + " provided.",
                at: (1, 20)
            ),
            .error(
                #"Directive "@mark" argument "label" of type "String!" is required, but it was not"#
                    + " provided.",
                at: (1, 29)
            ),
            .error(
                #"Directive "@mark" argument "label" of type "String!" is required, but it was not"#
                    + " provided.",
                at: (1, 35)
            )
        ),
        ValidationCase(
            "query @mark { vessel @skip { id ... @include { id } } }",
            .error(
                #"Directive "@mark" argument "label" of type "String!" is required, but it was not"#
                    + " provided.",
                at: (1, 7)
            ),
            .error(
                #"Directive "@skip" argument "if" of type "Boolean!" is required, but it was not"#
                    + " provided.",
                at: (1, 22)
            ),
            .error(
                #"Directive "@include" argument "if" of type "Boolean!" is required, but it was not"#
                    + " provided.",
                at: (1, 37)
            ),
            .error(#"Field "vessel" argument "id" of type "ID!" is required, but it was not provided."#, at: (1, 15))
        ),
    ]

    static let rejectsMissingArgumentsOfDirectivesOfDefinitionsCases: [ValidationCase] = [
        ValidationCase(
            "scalar S @specifiedBy type Query { a: S }",
            .error(
                #"Directive "@specifiedBy" argument "url" of type "String!" is required, but it was"#
                    + " not provided.",
                at: (1, 10)
            )
        ),
        ValidationCase(
            """
            directive @d(a: Int!, b: Int! = 1, c: [String!]!) on SCHEMA | OBJECT | \
            ARGUMENT_DEFINITION
            schema @d(a: 1) { query: Query }
            type Query @d(b: 2, c: "x") { a(b: Int @d): Int }
            extend type Query @d(c: [])
            """,
            .error(
                #"Directive "@d" argument "c" of type "[String!]!" is required, but it was not"#
                    + " provided.",
                at: (2, 8)
            ),
            .error(#"Directive "@d" argument "a" of type "Int!" is required, but it was not provided."#, at: (3, 12)),
            .error(#"Directive "@d" argument "a" of type "Int!" is required, but it was not provided."#, at: (3, 40)),
            .error(
                #"Directive "@d" argument "c" of type "[String!]!" is required, but it was not"#
                    + " provided.",
                at: (3, 40)
            ),
            .error(#"The directive "@d" can only be used once at this location."#, at: (3, 12), (4, 19)),
            .error(#"Directive "@d" argument "a" of type "Int!" is required, but it was not provided."#, at: (4, 19))
        ),
    ]

    static let rejectsMissingArgumentsOfDirectivesOfExtensionsCases: [ValidationCase] = [
        ValidationCase(
            "extend scalar Tide @specifiedBy",
            .error(
                #"Directive "@specifiedBy" argument "url" of type "String!" is required, but it was"#
                    + " not provided.",
                at: (1, 20)
            )
        ),
        ValidationCase(
            "directive @d(a: Int!) on OBJECT extend type Ferry @d",
            .error(#"Directive "@d" argument "a" of type "Int!" is required, but it was not provided."#, at: (1, 51))
        ),
    ]

    @Test(arguments: [
        #"{ need(a: 1, list: ["a"]) }"#,
        "{ need(list: [], b: 2, a: 1) }",
        #"{ ferry { crew { name } id @mark(label: "a") } echo }"#,
        #"query A($v: Int!) { need(a: $v, list: "a") }"#,
    ])
    func acceptsRequiredArgumentsAndMissingOptionalOnes(document: String) throws {
        #expect(try ValidationSchema.errors(in: document) == [])
    }

    @Test(arguments: ignoresUnknownFieldsAndDirectivesCases)
    func ignoresUnknownFieldsAndDirectives(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsMissingArgumentsOfFieldsCases)
    func rejectsMissingArgumentsOfFields(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsMissingArgumentsOfDirectivesCases)
    func rejectsMissingArgumentsOfDirectives(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsMissingArgumentsOfDirectivesOfDefinitionsCases)
    func rejectsMissingArgumentsOfDirectivesOfDefinitions(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(inDefinitions: example.document) == example.errors)
    }

    @Test(arguments: rejectsMissingArgumentsOfDirectivesOfExtensionsCases)
    func rejectsMissingArgumentsOfDirectivesOfExtensions(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(inExtensions: example.document) == example.errors)
    }
}
