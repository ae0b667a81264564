import GraphQL
import Testing

@Suite struct FragmentsOnCompositeTypesTests {
    static let rejectsOtherTypesCases: [ValidationCase] = [
        ValidationCase(
            "{ ferry { ...F } } fragment F on Rank { id }",
            .error(#"Fragment "F" cannot condition on non composite type "Rank"."#, at: (1, 34))
        ),
        ValidationCase(
            "{ ferry { ...F } } fragment F on Tide { id }",
            .error(#"Fragment "F" cannot condition on non composite type "Tide"."#, at: (1, 34))
        ),
        ValidationCase(
            "{ ferry { ...F } } fragment F on Filter { name }",
            .error(#"Fragment "F" cannot condition on non composite type "Filter"."#, at: (1, 34))
        ),
        ValidationCase(
            "{ ferry { id ... on String { length } } }",
            .error(#"Fragment cannot condition on non composite type "String"."#, at: (1, 21))
        ),
        ValidationCase(
            "{ ferry { ... on Range { from } ... on Key { ... on Rank { id } } } }",
            .error(#"Fragment cannot condition on non composite type "Range"."#, at: (1, 18)),
            .error(#"Fragment cannot condition on non composite type "Key"."#, at: (1, 40)),
            .error(#"Fragment cannot condition on non composite type "Rank"."#, at: (1, 53))
        ),
    ]

    @Test(arguments: [
        "{ ferry { ...F ...G } moored { ...H } } fragment F on Ferry { id } fragment G on"
            + " Vessel { id } fragment H on Moored { __typename }",
        "{ vessel(id: 1) { ... on Ferry { id } ... on Motorized { id } ... { id } ... on"
            + " Moored { __typename } } }",
    ])
    func acceptsObjectsInterfacesAndUnions(document: String) throws {
        #expect(try ValidationSchema.errors(in: document) == [])
    }

    @Test(arguments: rejectsOtherTypesCases)
    func rejectsOtherTypes(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }
}
