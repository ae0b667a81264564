import GraphQL
import Testing

@Suite struct PossibleFragmentSpreadsTests {
    static let leavesUnknownAndUnfitTypesToOtherRulesCases: [ValidationCase] = [
        ValidationCase(
            "{ ferry { ... on Raft { id } } }",
            .error(#"Unknown type "Raft". Did you mean "Rank"?"#, at: (1, 18))
        ),
        ValidationCase(
            "{ ferry { ...F } } fragment F on Rank { id }",
            .error(#"Fragment "F" cannot condition on non composite type "Rank"."#, at: (1, 34))
        ),
        ValidationCase(
            "{ ferry { ...F } }",
            .error(#"Unknown fragment "F"."#, at: (1, 14))
        ),
        ValidationCase(
            "{ raft { ... on Sloop { id } } }",
            .error(#"Cannot query field "raft" on type "Query"."#, at: (1, 3))
        ),
    ]

    static let rejectsInlineFragmentsOfDisjointTypesCases: [ValidationCase] = [
        ValidationCase(
            "{ ferry { ... on Tug { id } } }",
            .error(
                #"Fragment cannot be spread here as objects of type "Ferry" can never be of type"#
                    + #" "Tug"."#,
                at: (1, 11)
            )
        ),
        ValidationCase(
            "{ ferry { ... on Vessel { ... on Sloop { id } } ... on Sailor { name } } }",
            .error(
                #"Fragment cannot be spread here as objects of type "Ferry" can never be of type"#
                    + #" "Sailor"."#,
                at: (1, 49)
            )
        ),
        ValidationCase(
            "{ sloop { ... on Motorized { id } } }",
            .error(
                #"Fragment cannot be spread here as objects of type "Sloop" can never be of type"#
                    + #" "Motorized"."#,
                at: (1, 11)
            )
        ),
        ValidationCase(
            "{ moored { ... on Tug { id } } }",
            .error(
                #"Fragment cannot be spread here as objects of type "Moored" can never be of type"#
                    + #" "Tug"."#,
                at: (1, 12)
            )
        ),
        ValidationCase(
            "{ moored { ... on Sailor { name } ... on Query { ferry { id } } } }",
            .error(
                #"Fragment cannot be spread here as objects of type "Moored" can never be of type"#
                    + #" "Sailor"."#,
                at: (1, 12)
            ),
            .error(
                #"Fragment cannot be spread here as objects of type "Moored" can never be of type"#
                    + #" "Query"."#,
                at: (1, 35)
            )
        ),
        ValidationCase(
            "{ tug { ... on Moored { __typename } } }",
            .error(
                #"Fragment cannot be spread here as objects of type "Tug" can never be of type"#
                    + #" "Moored"."#,
                at: (1, 9)
            )
        ),
    ]

    static let rejectsSpreadsOfFragmentsOfDisjointTypesCases: [ValidationCase] = [
        ValidationCase(
            "{ ferry { ...F } } fragment F on Tug { id }",
            .error(
                #"Fragment "F" cannot be spread here as objects of type "Ferry" can never be of type"#
                    + #" "Tug"."#,
                at: (1, 11)
            )
        ),
        ValidationCase(
            "{ sloop { ...F } } fragment F on Motorized { id }",
            .error(
                #"Fragment "F" cannot be spread here as objects of type "Sloop" can never be of type"#
                    + #" "Motorized"."#,
                at: (1, 11)
            )
        ),
        ValidationCase(
            "{ vessel(id: 1) { crew { ...F } ...F } } fragment F on Sailor { name }",
            .error(
                #"Fragment "F" cannot be spread here as objects of type "Vessel" can never be of type"#
                    + #" "Sailor"."#,
                at: (1, 33)
            )
        ),
        ValidationCase(
            "{ tug { ...F } } fragment F on Moored { ... on Ferry { id } }",
            .error(
                #"Fragment "F" cannot be spread here as objects of type "Tug" can never be of type"#
                    + #" "Moored"."#,
                at: (1, 9)
            )
        ),
        ValidationCase(
            "fragment F on Ferry { ...G } fragment G on Sloop { id } { ferry { ...F } }",
            .error(
                #"Fragment "G" cannot be spread here as objects of type "Ferry" can never be of type"#
                    + #" "Sloop"."#,
                at: (1, 23)
            )
        ),
    ]

    @Test(arguments: [
        "{ ferry { ...F } } fragment F on Ferry { id }",
        "{ ferry { ...F } } fragment F on Vessel { id }",
        "{ ferry { ...F } } fragment F on Moored { __typename }",
        "{ vessel(id: 1) { ...F } } fragment F on Ferry { id }",
        "{ vessel(id: 1) { ...F } } fragment F on Motorized { id }",
        "{ vessel(id: 1) { ...F } } fragment F on Moored { __typename }",
        "{ moored { ...F } } fragment F on Motorized { id }",
        "{ moored { ...F } } fragment F on Sloop { id }",
        "{ moored { ... on Vessel { ... on Motorized { ... on Moored { ... on Ferry { id } }"
            + " } } } }",
        "{ ferry { ... { id } } }",
    ])
    func acceptsSpreadsWhereSomeObjectIsOfBothTypes(document: String) throws {
        #expect(try ValidationSchema.errors(in: document) == [])
    }

    @Test(arguments: leavesUnknownAndUnfitTypesToOtherRulesCases)
    func leavesUnknownAndUnfitTypesToOtherRules(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsInlineFragmentsOfDisjointTypesCases)
    func rejectsInlineFragmentsOfDisjointTypes(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsSpreadsOfFragmentsOfDisjointTypesCases)
    func rejectsSpreadsOfFragmentsOfDisjointTypes(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }
}
