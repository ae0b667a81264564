import GraphQL
import Testing

@Suite struct KnownDirectivesTests {
    static let rejectsUnknownDirectivesCases: [ValidationCase] = [
        ValidationCase(
            "{ ferry @unknown { id } }",
            .error(#"Unknown directive "@unknown"."#, at: (1, 9))
        ),
        ValidationCase(
            "query @a { ferry @b { id ...F @c ... @d { name } } } fragment F on Ferry @e { id }",
            .error(#"Unknown directive "@a"."#, at: (1, 7)),
            .error(#"Unknown directive "@b"."#, at: (1, 18)),
            .error(#"Unknown directive "@c"."#, at: (1, 31)),
            .error(#"Unknown directive "@d"."#, at: (1, 38)),
            .error(#"Unknown directive "@e"."#, at: (1, 74))
        ),
        ValidationCase(
            "query A($v: Int @f) { echo(int: $v) }",
            .error(#"Unknown directive "@f"."#, at: (1, 17))
        ),
        ValidationCase(
            "{ ferry { id @deprecated } }",
            .error(#"Directive "@deprecated" may not be used on FIELD."#, at: (1, 14))
        ),
    ]

    static let rejectsDirectivesElsewhereCases: [ValidationCase] = [
        ValidationCase(
            "query @onField { ferry @onQuery { id } }",
            .error(#"Directive "@onField" may not be used on QUERY."#, at: (1, 7)),
            .error(#"Directive "@onQuery" may not be used on FIELD."#, at: (1, 24))
        ),
        ValidationCase(
            #"mutation @onQuery { rename(id: 1, name: "a") { id } }"#,
            .error(#"Directive "@onQuery" may not be used on MUTATION."#, at: (1, 10))
        ),
        ValidationCase(
            "subscription @onMutation { tick }",
            .error(#"Directive "@onMutation" may not be used on SUBSCRIPTION."#, at: (1, 14))
        ),
        ValidationCase(
            "{ ferry { ...F @onField ... @onSpread { id @onInline } } } fragment F on Ferry"
                + " @onVariable { id }",
            .error(#"Directive "@onField" may not be used on FRAGMENT_SPREAD."#, at: (1, 16)),
            .error(#"Directive "@onSpread" may not be used on INLINE_FRAGMENT."#, at: (1, 29)),
            .error(#"Directive "@onInline" may not be used on FIELD."#, at: (1, 44)),
            .error(#"Directive "@onVariable" may not be used on FRAGMENT_DEFINITION."#, at: (1, 80))
        ),
        ValidationCase(
            "query A($v: Int @onSubscription) { echo(int: $v) }",
            .error(#"Directive "@onSubscription" may not be used on VARIABLE_DEFINITION."#, at: (1, 17))
        ),
    ]

    static let rejectsDirectivesOfDefinitionsCases: [ValidationCase] = [
        ValidationCase(
            "schema @unknown { query: Query } type Query @deprecated { a(b: Int"
                + #" @specifiedBy(url: "u")): Int @skip(if: true) }"#,
            .error(#"Unknown directive "@unknown"."#, at: (1, 8)),
            .error(#"Directive "@deprecated" may not be used on OBJECT."#, at: (1, 45)),
            .error(#"Directive "@specifiedBy" may not be used on ARGUMENT_DEFINITION."#, at: (1, 68)),
            .error(#"Directive "@skip" may not be used on FIELD_DEFINITION."#, at: (1, 97))
        ),
        ValidationCase(
            """
            directive @d on OBJECT
            scalar S @d
            interface I @d { a: Int @d }
            union U @d = Q
            type Q @d { a: Int }
            enum E @d { A @d }
            input P @d { a: Int @d }
            extend schema @d
            """,
            .error(#"Directive "@d" may not be used on SCALAR."#, at: (2, 10)),
            .error(#"Directive "@d" may not be used on INTERFACE."#, at: (3, 13)),
            .error(#"Directive "@d" may not be used on FIELD_DEFINITION."#, at: (3, 25)),
            .error(#"Directive "@d" may not be used on UNION."#, at: (4, 9)),
            .error(#"Directive "@d" may not be used on ENUM."#, at: (6, 8)),
            .error(#"Directive "@d" may not be used on ENUM_VALUE."#, at: (6, 15)),
            .error(#"Directive "@d" may not be used on INPUT_OBJECT."#, at: (7, 9)),
            .error(#"Directive "@d" may not be used on INPUT_FIELD_DEFINITION."#, at: (7, 21)),
            .error(#"Directive "@d" may not be used on SCHEMA."#, at: (8, 15))
        ),
        ValidationCase(
            "directive @d(a: Int @d) on FIELD",
            .error(#"Directive "@d" may not be used on ARGUMENT_DEFINITION."#, at: (1, 21))
        ),
    ]

    static let rejectsDirectivesOfExtensionsCases: [ValidationCase] = [
        ValidationCase(
            "extend type Ferry @onField",
            .error(#"Directive "@onField" may not be used on OBJECT."#, at: (1, 19))
        ),
        ValidationCase(
            "extend input Filter @oneOf @nothing",
            .error(#"Unknown directive "@nothing"."#, at: (1, 28))
        ),
        ValidationCase(
            "extend enum Rank { COOK @onQuery }",
            .error(#"Directive "@onQuery" may not be used on ENUM_VALUE."#, at: (1, 25))
        ),
    ]

    @Test(arguments: [
        "query A($v: Boolean! @onVariable) @onQuery { ferry @skip(if: $v) { id @onField ...F"
            + " @onSpread ... @onInline { name } } } fragment F on Ferry @onFragment { id }",
        #"mutation @onMutation { rename(id: 1, name: "a") @include(if: true) { id } }"#,
        "subscription @onSubscription { tick }",
    ])
    func acceptsDirectivesWhereTheyMayStand(document: String) throws {
        #expect(try ValidationSchema.errors(in: document) == [])
    }

    @Test(arguments: rejectsUnknownDirectivesCases)
    func rejectsUnknownDirectives(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsDirectivesElsewhereCases)
    func rejectsDirectivesElsewhere(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: [
        """
        directive @d on SCHEMA | SCALAR | OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | \
        INTERFACE | UNION | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION
        directive @e on SCHEMA | SCALAR
        schema @d { query: Query }
        scalar S @d
        type Query @d { a(b: Int @d): Int @d @deprecated }
        interface I @d { a: Int }
        union U @d = Query
        enum E @d { A @d @deprecated }
        input P @d { a: Int @d }
        extend schema @e
        extend scalar S @e
        """,
        #"scalar S @specifiedBy(url: "a") input K @oneOf { a: Int } type Query { a: Int }"#,
    ])
    func acceptsDirectivesThatTheDocumentDefines(document: String) throws {
        #expect(try ValidationSchema.errors(inDefinitions: document) == [])
    }

    @Test(arguments: rejectsDirectivesOfDefinitionsCases)
    func rejectsDirectivesOfDefinitions(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(inDefinitions: example.document) == example.errors)
    }

    @Test(arguments: rejectsDirectivesOfExtensionsCases)
    func rejectsDirectivesOfExtensions(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(inExtensions: example.document) == example.errors)
    }
}
