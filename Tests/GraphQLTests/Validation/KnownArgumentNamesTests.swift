import GraphQL
import Testing

@Suite struct KnownArgumentNamesTests {
    static let ignoresArgumentsOfUnknownFieldsCases: [ValidationCase] = [
        ValidationCase(
            "{ unknown(a: 1) { b(c: 2) } }",
            .error(#"Cannot query field "unknown" on type "Query"."#, at: (1, 3))
        ),
        ValidationCase(
            "{ ferry @unknown(a: 1) { id } }",
            .error(#"Unknown directive "@unknown"."#, at: (1, 9))
        ),
    ]

    static let rejectsUnknownArgumentsOfFieldsCases: [ValidationCase] = [
        ValidationCase(
            "{ vessel(id: 1, di: 2) { id } }",
            .error(#"Unknown argument "di" on field "Query.vessel". Did you mean "id"?"#, at: (1, 17))
        ),
        ValidationCase(
            "{ ferry { name(shrt: true) crew(frst: 1, rnak: MATE, zzzzzzz: 1) { name } } }",
            .error(#"Unknown argument "shrt" on field "Ferry.name". Did you mean "short"?"#, at: (1, 16)),
            .error(#"Unknown argument "frst" on field "Ferry.crew". Did you mean "first"?"#, at: (1, 33)),
            .error(#"Unknown argument "rnak" on field "Ferry.crew". Did you mean "rank"?"#, at: (1, 42)),
            .error(#"Unknown argument "zzzzzzz" on field "Ferry.crew"."#, at: (1, 54))
        ),
        ValidationCase(
            #"{ vessel(id: 1) { name(unknown: true) ... on Sloop { sails(reefd: true, name: "a")"#
                + " } } }",
            .error(#"Unknown argument "unknown" on field "Vessel.name"."#, at: (1, 24)),
            .error(#"Unknown argument "reefd" on field "Sloop.sails". Did you mean "reefed"?"#, at: (1, 60)),
            .error(#"Unknown argument "name" on field "Sloop.sails". Did you mean "names"?"#, at: (1, 73))
        ),
        ValidationCase(
            "{ ferry { id(a: 1) __typename(b: 2) } }",
            .error(#"Unknown argument "a" on field "Ferry.id"."#, at: (1, 14)),
            .error(#"Unknown argument "b" on field "Ferry.__typename"."#, at: (1, 31))
        ),
        ValidationCase(
            #"mutation { rename(id: 1, name: "a", nam: "b") { id } }"#,
            .error(#"Unknown argument "nam" on field "Mutation.rename". Did you mean "name"?"#, at: (1, 37))
        ),
    ]

    static let rejectsUnknownArgumentsOfDirectivesCases: [ValidationCase] = [
        ValidationCase(
            "{ ferry @skip(if: true, iff: true) { id } }",
            .error(#"Unknown argument "iff" on directive "@skip". Did you mean "if"?"#, at: (1, 25))
        ),
        ValidationCase(
            #"{ ferry { id @onField(a: 1) @mark(label: "a", lbl: "b") @include(if: true, unless:"#
                + " false) } }",
            .error(#"Unknown argument "a" on directive "@onField"."#, at: (1, 23)),
            .error(#"Unknown argument "lbl" on directive "@mark". Did you mean "label"?"#, at: (1, 47)),
            .error(#"Unknown argument "unless" on directive "@include"."#, at: (1, 76))
        ),
        ValidationCase(
            "query @onQuery(a: 1) { ferry { ...F @onSpread(a: 1) } } fragment F on Ferry"
                + " @onFragment(a: 1) { id }",
            .error(#"Unknown argument "a" on directive "@onQuery"."#, at: (1, 16)),
            .error(#"Unknown argument "a" on directive "@onSpread"."#, at: (1, 47)),
            .error(#"Unknown argument "a" on directive "@onFragment"."#, at: (1, 89))
        ),
    ]

    static let rejectsUnknownArgumentsOfDirectivesOfDefinitionsCases: [ValidationCase] = [
        ValidationCase(
            #"type Query { a: Int @deprecated(reson: "b", zzz: 1) }"#,
            .error(#"Unknown argument "reson" on directive "@deprecated". Did you mean "reason"?"#, at: (1, 33)),
            .error(#"Unknown argument "zzz" on directive "@deprecated"."#, at: (1, 45))
        ),
        ValidationCase(
            """
            directive @d(first: Int, second: Int) on OBJECT | SCHEMA
            schema @d(frst: 1) { query: Query }
            type Query @d(sceond: 1, third: 2) { a: Int }
            """,
            .error(#"Unknown argument "frst" on directive "@d". Did you mean "first"?"#, at: (2, 11)),
            .error(#"Unknown argument "sceond" on directive "@d". Did you mean "second"?"#, at: (3, 15)),
            .error(#"Unknown argument "third" on directive "@d"."#, at: (3, 26))
        ),
        ValidationCase(
            "directive @d(first: Int @d(secnd: 1), second: Int) on ARGUMENT_DEFINITION",
            .error(#"Unknown argument "secnd" on directive "@d". Did you mean "second"?"#, at: (1, 28))
        ),
        ValidationCase(
            "directive @deprecated(why: String) on FIELD_DEFINITION type Query { a: Int"
                + #" @deprecated(reason: "b", why: "c") }"#,
            .error(#"Unknown argument "reason" on directive "@deprecated"."#, at: (1, 88))
        ),
    ]

    @Test(arguments: [
        "{ vessel(id: 1) { name(short: true) crew(rank: MATE, first: 2) { name } } }",
        #"{ ferry @skip(if: true) { id @mark(label: "a", level: 2) } }"#,
        #"{ __type(name: "a") { fields(includeDeprecated: true) { args(includeDeprecated:"#
            + " true) { name } } } }",
    ])
    func acceptsArgumentsOfFieldsAndDirectives(document: String) throws {
        #expect(try ValidationSchema.errors(in: document) == [])
    }

    @Test(arguments: ignoresArgumentsOfUnknownFieldsCases)
    func ignoresArgumentsOfUnknownFields(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsUnknownArgumentsOfFieldsCases)
    func rejectsUnknownArgumentsOfFields(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsUnknownArgumentsOfDirectivesCases)
    func rejectsUnknownArgumentsOfDirectives(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsUnknownArgumentsOfDirectivesOfDefinitionsCases)
    func rejectsUnknownArgumentsOfDirectivesOfDefinitions(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(inDefinitions: example.document) == example.errors)
    }
}
