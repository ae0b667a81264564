import GraphQL
import Testing

@Suite struct UniqueDirectivesPerLocationTests {
    static let ignoresUnknownDirectivesCases: [ValidationCase] = [
        ValidationCase(
            "{ ferry { id @unknown @unknown } }",
            .error(#"Unknown directive "@unknown"."#, at: (1, 14)),
            .error(#"Unknown directive "@unknown"."#, at: (1, 23))
        )
    ]

    static let rejectsRepeatedDirectivesCases: [ValidationCase] = [
        ValidationCase(
            "{ ferry @onField @onField { id } }",
            .error(#"The directive "@onField" can only be used once at this location."#, at: (1, 9), (1, 18))
        ),
        ValidationCase(
            "{ ferry { id @onField @onField @onField } }",
            .error(#"The directive "@onField" can only be used once at this location."#, at: (1, 14), (1, 23)),
            .error(#"The directive "@onField" can only be used once at this location."#, at: (1, 14), (1, 32))
        ),
        ValidationCase(
            "{ ferry { id @onField @skip(if: true) @onField @skip(if: true) } }",
            .error(#"The directive "@onField" can only be used once at this location."#, at: (1, 14), (1, 39)),
            .error(#"The directive "@skip" can only be used once at this location."#, at: (1, 23), (1, 48))
        ),
        ValidationCase(
            "query @onQuery @onQuery { ferry { ...F @onSpread @onSpread ... @onInline @onInline"
                + " { id } } } fragment F on Ferry @onFragment @onFragment { id }",
            .error(#"The directive "@onQuery" can only be used once at this location."#, at: (1, 7), (1, 16)),
            .error(#"The directive "@onSpread" can only be used once at this location."#, at: (1, 40), (1, 50)),
            .error(#"The directive "@onInline" can only be used once at this location."#, at: (1, 64), (1, 74)),
            .error(#"The directive "@onFragment" can only be used once at this location."#, at: (1, 115), (1, 127))
        ),
        ValidationCase(
            "query A($v: Int @onVariable @onVariable) { echo(int: $v) }",
            .error(#"The directive "@onVariable" can only be used once at this location."#, at: (1, 17), (1, 29))
        ),
    ]

    static let countsADefinitionAndItsExtensionsAsOneLocationCases: [ValidationCase] = [
        ValidationCase(
            """
            directive @d on SCHEMA | OBJECT | FIELD_DEFINITION
            schema @d { query: Query }
            extend schema @d
            type Query @d { a: Int @d @d }
            extend type Query @d
            extend type Query @d
            """,
            .error(#"The directive "@d" can only be used once at this location."#, at: (2, 8), (3, 15)),
            .error(#"The directive "@d" can only be used once at this location."#, at: (4, 24), (4, 27)),
            .error(#"The directive "@d" can only be used once at this location."#, at: (4, 12), (5, 19)),
            .error(#"The directive "@d" can only be used once at this location."#, at: (4, 12), (6, 19))
        ),
        ValidationCase(
            #"type Query { a: Int @deprecated @deprecated(reason: "b") } scalar S"#
                + #" @specifiedBy(url: "a") @specifiedBy(url: "b") enum E { A @deprecated @deprecated }"#
                + " input I { a: Int @deprecated @deprecated }",
            .error(#"The directive "@deprecated" can only be used once at this location."#, at: (1, 21), (1, 33)),
            .error(#"The directive "@specifiedBy" can only be used once at this location."#, at: (1, 69), (1, 92)),
            .error(#"The directive "@deprecated" can only be used once at this location."#, at: (1, 126), (1, 138)),
            .error(#"The directive "@deprecated" can only be used once at this location."#, at: (1, 169), (1, 181))
        ),
    ]

    @Test(arguments: [
        "{ ferry @onField { id @onField } sloop @onField { id } }",
        #"{ ferry @mark(label: "a") @mark(label: "b") { id } }"#,
        "query @onQuery { ferry { ...F @onSpread ...F @onSpread } } fragment F on Ferry"
            + " @onFragment { id @skip(if: true) @include(if: true) }",
    ])
    func acceptsDirectivesOnceOrRepeatable(document: String) throws {
        #expect(try ValidationSchema.errors(in: document) == [])
    }

    @Test(arguments: ignoresUnknownDirectivesCases)
    func ignoresUnknownDirectives(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsRepeatedDirectivesCases)
    func rejectsRepeatedDirectives(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: countsADefinitionAndItsExtensionsAsOneLocationCases)
    func countsADefinitionAndItsExtensionsAsOneLocation(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(inDefinitions: example.document) == example.errors)
    }

    @Test(arguments: [
        """
        directive @d repeatable on OBJECT | FIELD_DEFINITION
        type Query @d @d { a: Int @d @d }
        extend type Query @d
        """
    ])
    func acceptsRepeatableDirectivesOfTheDocument(document: String) throws {
        #expect(try ValidationSchema.errors(inDefinitions: document) == [])
    }
}
