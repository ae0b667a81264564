import GraphQL
import Testing

/// The rules that executable documents have too, and all rules together.
@Suite struct SDLRulesTests {
    @Test(arguments: [
        ValidationCase(
            """
            type Query implements I { a(x: X): Y }
            union U = Z
            schema { query: R }
            input In { a: [Strng!]! }
            directive @d(a: Qery) on FIELD
            """,
            .error("Unknown type \"I\". Did you mean \"ID\", \"In\", or \"U\"?", at: (1, 23)),
            .error("Unknown type \"X\". Did you mean \"U\"?", at: (1, 32)),
            .error("Unknown type \"Y\". Did you mean \"U\"?", at: (1, 36)),
            .error("Unknown type \"Z\". Did you mean \"U\"?", at: (2, 11)),
            .error("Unknown type \"R\". Did you mean \"U\"?", at: (3, 17)),
            .error("Unknown type \"Strng\". Did you mean \"String\"?", at: (4, 16)),
            .error("Unknown type \"Qery\". Did you mean \"Query\"?", at: (5, 17))
        ),
        ValidationCase("type Query { a: Float b: __Schema }"),
    ])
    func reportsUnknownTypes(_ testCase: ValidationCase) throws {
        try expectSDLErrors(testCase)
    }

    @Test(arguments: [
        ValidationCase(
            """
            type Query @unknown @skip(if: true) { a(x: Int @oneOf): Int @specifiedBy(url: "u") }
            input In @oneOf { a: Int @deprecated b: Int @oneOf }
            enum E @deprecated { A @oneOf }
            """,
            .error("Unknown directive \"@unknown\".", at: (1, 12)),
            .error("Directive \"@skip\" may not be used on OBJECT.", at: (1, 21)),
            .error("Directive \"@oneOf\" may not be used on ARGUMENT_DEFINITION.", at: (1, 48)),
            .error("Directive \"@specifiedBy\" may not be used on FIELD_DEFINITION.", at: (1, 61)),
            .error("Directive \"@oneOf\" may not be used on INPUT_FIELD_DEFINITION.", at: (2, 45)),
            .error("Directive \"@deprecated\" may not be used on ENUM.", at: (3, 8)),
            .error("Directive \"@oneOf\" may not be used on ENUM_VALUE.", at: (3, 24))
        ),
        ValidationCase(
            """
            directive @d on OBJECT | FIELD_DEFINITION
            type Query @d { a: Int @d }
            scalar S @d
            schema @d { query: Query }
            """,
            .error("Directive \"@d\" may not be used on SCALAR.", at: (3, 10)),
            .error("Directive \"@d\" may not be used on SCHEMA.", at: (4, 8))
        ),
    ])
    func reportsUnknownAndMisplacedDirectives(_ testCase: ValidationCase) throws {
        try expectSDLErrors(testCase)
    }

    @Test(arguments: [
        ValidationCase(
            """
            type Query { a: Int @deprecated @deprecated(reason: "x") }
            scalar S @specifiedBy(url: "u")
            extend scalar S @specifiedBy(url: "v")
            """,
            .error("The directive \"@deprecated\" can only be used once at this location.", at: (1, 21), (1, 33)),
            .error("The directive \"@specifiedBy\" can only be used once at this location.", at: (2, 10), (3, 17))
        ),
        ValidationCase(
            """
            directive @once on OBJECT | SCHEMA
            directive @many repeatable on OBJECT
            type Query @once @many @many { a: Int }
            extend type Query @many @once
            schema @once { query: Query }
            extend schema @once
            """,
            .error("The directive \"@once\" can only be used once at this location.", at: (3, 12), (4, 25)),
            .error("The directive \"@once\" can only be used once at this location.", at: (5, 8), (6, 15))
        ),
    ])
    func reportsRepeatedDirectives(_ testCase: ValidationCase) throws {
        try expectSDLErrors(testCase)
    }

    @Test(arguments: [
        ValidationCase(
            """
            type Query { a: Int @deprecated(reson: "x") b: Int @deprecated(reason: "x", reason: "y") }
            scalar S @specifiedBy
            scalar T @specifiedBy(uri: "u")
            """,
            .error("Unknown argument \"reson\" on directive \"@deprecated\". Did you mean \"reason\"?", at: (1, 33)),
            .error("There can be only one argument named \"reason\".", at: (1, 64), (1, 77)),
            .error(
                "Directive \"@specifiedBy\" argument \"url\" of type \"String!\" is required, but it was "
                    + "not provided.",
                at: (2, 10)
            ),
            .error("Unknown argument \"uri\" on directive \"@specifiedBy\". Did you mean \"url\"?", at: (3, 23)),
            .error(
                "Directive \"@specifiedBy\" argument \"url\" of type \"String!\" is required, but it was "
                    + "not provided.",
                at: (3, 10)
            )
        ),
        ValidationCase(
            """
            directive @d(a: Int!, b: Int! = 1, c: [Int!]!) on OBJECT
            type Query @d(a: 1, d: {x: 1, x: 2}) { a: Int }
            """,
            .error("Unknown argument \"d\" on directive \"@d\". Did you mean \"a\", \"b\", or \"c\"?", at: (2, 21)),
            .error("There can be only one input field named \"x\".", at: (2, 25), (2, 31)),
            .error(
                "Directive \"@d\" argument \"c\" of type \"[Int!]!\" is required, but it was not provided.",
                at: (2, 12)
            )
        ),
    ])
    func reportsWrongArgumentsOfDirectives(_ testCase: ValidationCase) throws {
        try expectSDLErrors(testCase)
    }

    @Test(arguments: [
        ValidationCase(
            """
            type Query { a: Foo a: Int @x b(y: Bar): Int }
            extend type Qery { a: Baz }
            type Query { c: Int }
            schema { query: Query query: Nope }
            schema { query: Query }
            directive @x on FIELD
            directive @x on OBJECT
            """,
            .error("Field \"Query.a\" can only be defined once.", at: (1, 14), (1, 21)),
            .error("Unknown type \"Foo\".", at: (1, 17)),
            .error("Directive \"@x\" may not be used on FIELD_DEFINITION.", at: (1, 28)),
            .error("Unknown type \"Bar\".", at: (1, 36)),
            .error("Cannot extend type \"Qery\" because it is not defined. Did you mean \"Query\"?", at: (2, 13)),
            .error("Unknown type \"Baz\".", at: (2, 23)),
            .error("There can be only one type named \"Query\".", at: (1, 6), (3, 6)),
            .error("There can be only one query type in schema.", at: (4, 10), (4, 23)),
            .error("Unknown type \"Nope\".", at: (4, 30)),
            .error("Must provide only one schema definition.", at: (5, 1)),
            .error("There can be only one query type in schema.", at: (4, 10), (5, 10)),
            .error("There can be only one directive named \"@x\".", at: (6, 12), (7, 12))
        )
    ])
    func reportsErrorsInTheOrderOfTheText(_ testCase: ValidationCase) throws {
        try expectSDLErrors(testCase)
    }

    @Test(arguments: [
        ValidationCase(
            """
            query ($s: String @x) { a(x: {b: 1, b: 2}) ...F @skip }
            fragment F on Query { a }
            type Query { a: Int }
            """,
            .error("Unknown type \"String\".", at: (1, 12)),
            .error("Unknown directive \"@x\".", at: (1, 19)),
            .error("There can be only one input field named \"b\".", at: (1, 31), (1, 37)),
            .error(
                "Directive \"@skip\" argument \"if\" of type \"Boolean!\" is required, but it was not provided.",
                at: (1, 49)
            )
        )
    ])
    func checksExecutableDefinitionsToo(_ testCase: ValidationCase) throws {
        try expectSDLErrors(testCase)
    }
}
