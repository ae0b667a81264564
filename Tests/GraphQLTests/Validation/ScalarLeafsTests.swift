import GraphQL
import Testing

@Suite struct ScalarLeafsTests {
    static let rejectsSelectionsOfLeavesCases: [ValidationCase] = [
        ValidationCase(
            "{ ferry { name { first } } }",
            .error(#"Field "name" must not have a selection since type "String" has no subfields."#, at: (1, 16))
        ),
        ValidationCase(
            "{ ferry { id { a } } vessel(id: 1) { crew { rank @onField { a } } } }",
            .error(#"Field "id" must not have a selection since type "ID!" has no subfields."#, at: (1, 14)),
            .error(#"Field "rank" must not have a selection since type "Rank" has no subfields."#, at: (1, 59))
        ),
        ValidationCase(
            "{ echo(int: 1) { length } }",
            .error(#"Field "echo" must not have a selection since type "String" has no subfields."#, at: (1, 16))
        ),
        ValidationCase(
            "{ ferry { __typename { a } } }",
            .error(#"Field "__typename" must not have a selection since type "String!" has no subfields."#, at: (1, 22))
        ),
    ]

    static let rejectsCompositeTypesWithoutSelectionsCases: [ValidationCase] = [
        ValidationCase(
            "{ ferry }",
            .error(
                #"Field "ferry" of type "Ferry" must have a selection of subfields. Did you mean"#
                    + #" "ferry { ... }"?"#,
                at: (1, 3)
            )
        ),
        ValidationCase(
            "{ vessels }",
            .error(
                #"Field "vessels" of type "[Vessel!]!" must have a selection of subfields. Did you"#
                    + #" mean "vessels { ... }"?"#,
                at: (1, 3)
            )
        ),
        ValidationCase(
            "{ moored }",
            .error(
                #"Field "moored" of type "[Moored]" must have a selection of subfields. Did you mean"#
                    + #" "moored { ... }"?"#,
                at: (1, 3)
            )
        ),
        ValidationCase(
            "{ ferry { crew(first: 1) s: sister } }",
            .error(
                #"Field "crew" of type "[Sailor!]!" must have a selection of subfields. Did you mean"#
                    + #" "crew { ... }"?"#,
                at: (1, 11)
            ),
            .error(
                #"Field "sister" of type "Ferry" must have a selection of subfields. Did you mean"#
                    + #" "sister { ... }"?"#,
                at: (1, 26)
            )
        ),
        ValidationCase(
            "subscription { arrived }",
            .error(
                #"Field "arrived" of type "Vessel" must have a selection of subfields. Did you mean"#
                    + #" "arrived { ... }"?"#,
                at: (1, 16)
            )
        ),
    ]

    @Test(arguments: [
        "{ ferry { id name } }",
        "{ moored { __typename } vessels { crew { rank } } }",
        "{ vessel(id: 1) { ... on Ferry { carDecks } } }",
    ])
    func acceptsSelectionsOfCompositeTypesOnly(document: String) throws {
        #expect(try ValidationSchema.errors(in: document) == [])
    }

    @Test(arguments: rejectsSelectionsOfLeavesCases)
    func rejectsSelectionsOfLeaves(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsCompositeTypesWithoutSelectionsCases)
    func rejectsCompositeTypesWithoutSelections(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }
}
