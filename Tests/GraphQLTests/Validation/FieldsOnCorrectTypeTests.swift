import GraphQL
import Testing

@Suite struct FieldsOnCorrectTypeTests {
    static let acceptsAnyFieldOfAnUnknownTypeCases: [ValidationCase] = [
        ValidationCase(
            "{ ferry { ... on Raft { a { b } } } }",
            .error(#"Unknown type "Raft". Did you mean "Rank"?"#, at: (1, 18))
        )
    ]

    static let rejectsUnknownFieldsCases: [ValidationCase] = [
        ValidationCase(
            "{ fery { id } }",
            .error(#"Cannot query field "fery" on type "Query". Did you mean "ferry"?"#, at: (1, 3))
        ),
        ValidationCase(
            "{ ferry { carDeck { number } } }",
            .error(#"Cannot query field "carDeck" on type "Ferry". Did you mean "carDecks"?"#, at: (1, 11))
        ),
        ValidationCase(
            "{ ferry { a: unknown } }",
            .error(#"Cannot query field "unknown" on type "Ferry"."#, at: (1, 11))
        ),
        ValidationCase(
            "{ ferry { unknown { deeper { still } } id } }",
            .error(#"Cannot query field "unknown" on type "Ferry"."#, at: (1, 11))
        ),
        ValidationCase(
            "{ vessel(id: 1) { ... on Sloop { carDecks } } }",
            .error(#"Cannot query field "carDecks" on type "Sloop"."#, at: (1, 34))
        ),
        ValidationCase(
            #"mutation { rename(id: 1, name: "a") { nam } renam }"#,
            .error(#"Cannot query field "nam" on type "Vessel". Did you mean "name"?"#, at: (1, 39)),
            .error(#"Cannot query field "renam" on type "Mutation". Did you mean "rename"?"#, at: (1, 45))
        ),
        ValidationCase(
            #"{ ferry { __type(name: "a") { name } __schema { types { name } } } }"#,
            .error(#"Cannot query field "__type" on type "Ferry"."#, at: (1, 11)),
            .error(#"Cannot query field "__schema" on type "Ferry"."#, at: (1, 38))
        ),
    ]

    static let suggestsTypesThatHaveTheFieldCases: [ValidationCase] = [
        ValidationCase(
            "{ vessel(id: 1) { carDecks } }",
            .error(
                #"Cannot query field "carDecks" on type "Vessel". Did you mean to use an inline"#
                    + #" fragment on "Ferry"?"#,
                at: (1, 19)
            )
        ),
        ValidationCase(
            "{ vessel(id: 1) { horsepower } }",
            .error(
                #"Cannot query field "horsepower" on type "Vessel". Did you mean to use an inline"#
                    + #" fragment on "Motorized", "Ferry", or "Tug"?"#,
                at: (1, 19)
            )
        ),
        ValidationCase(
            "{ moored { id } }",
            .error(
                #"Cannot query field "id" on type "Moored". Did you mean to use an inline fragment on"#
                    + #" "Vessel", "Motorized", "Ferry", or "Sloop"?"#,
                at: (1, 12)
            )
        ),
        ValidationCase(
            "{ moored { sails } }",
            .error(
                #"Cannot query field "sails" on type "Moored". Did you mean to use an inline fragment"#
                    + #" on "Sloop"?"#,
                at: (1, 12)
            )
        ),
        ValidationCase(
            "{ moored { nothing } }",
            .error(#"Cannot query field "nothing" on type "Moored"."#, at: (1, 12))
        ),
        ValidationCase(
            "{ vessel(id: 1) { ... on Motorized { towing { id } } } }",
            .error(
                #"Cannot query field "towing" on type "Motorized". Did you mean to use an inline"#
                    + #" fragment on "Tug"?"#,
                at: (1, 38)
            )
        ),
        ValidationCase(
            "{ vessel(id: 1) { ...F } } fragment F on Motorized { hp sister { id } }",
            .error(#"Cannot query field "hp" on type "Motorized"."#, at: (1, 54)),
            .error(
                #"Cannot query field "sister" on type "Motorized". Did you mean to use an inline"#
                    + #" fragment on "Ferry"?"#,
                at: (1, 57)
            )
        ),
    ]

    @Test(arguments: [
        "{ ferry { id n: name carDecks __typename } }",
        "{ vessel(id: 1) { id ... on Ferry { carDecks } ... on Motorized { horsepower } } }",
        "{ moored { __typename ... on Sloop { sails } } }",
        #"{ __schema { types { name } } __type(name: "Ferry") { kind } __typename }"#,
    ])
    func acceptsFieldsOfTheType(document: String) throws {
        #expect(try ValidationSchema.errors(in: document) == [])
    }

    @Test(arguments: acceptsAnyFieldOfAnUnknownTypeCases)
    func acceptsAnyFieldOfAnUnknownType(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsUnknownFieldsCases)
    func rejectsUnknownFields(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: suggestsTypesThatHaveTheFieldCases)
    func suggestsTypesThatHaveTheField(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }
}
