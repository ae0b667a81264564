import GraphQL
import Testing

/// Fields that meet in one selection set by way of fragments.
@Suite struct OverlappingFieldsInFragmentsTests {
    static let findsConflictsThroughFragmentsCases: [ValidationCase] = [
        ValidationCase(
            "{ ferry { ...A } } fragment A on Ferry { x: id ...B } fragment B on Ferry { ...C }"
                + " fragment C on Ferry { x: name }",
            .error(
                #"Fields "x" conflict because "id" and "name" are different fields. Use different"#
                    + " aliases on the fields to fetch both if this was intentional.",
                at: (1, 42),
                (1, 106)
            )
        ),
        ValidationCase(
            "{ ferry { x: id ...A } sloop { ...B } } fragment A on Ferry { x: name } fragment B"
                + " on Sloop { x: id x: name }",
            .error(
                #"Fields "x" conflict because "id" and "name" are different fields. Use different"#
                    + " aliases on the fields to fetch both if this was intentional.",
                at: (1, 11),
                (1, 63)
            ),
            .error(
                #"Fields "x" conflict because "id" and "name" are different fields. Use different"#
                    + " aliases on the fields to fetch both if this was intentional.",
                at: (1, 95),
                (1, 101)
            )
        ),
        ValidationCase(
            "{ ferry { ...A } ferry { ...B } } fragment A on Ferry { sister { x: id } } fragment"
                + " B on Ferry { sister { x: name } }",
            .error(
                #"Fields "ferry" conflict because subfields "sister" conflict because subfields "x""#
                    + #" conflict because "id" and "name" are different fields. Use different aliases on"#
                    + " the fields to fetch both if this was intentional.",
                at: (1, 3),
                (1, 57),
                (1, 66),
                (1, 18),
                (1, 98),
                (1, 107)
            )
        ),
        ValidationCase(
            "{ ferry { ...A ...B ...C } } fragment A on Ferry { x: id } fragment B on Ferry { x:"
                + " name } fragment C on Ferry { x: id }",
            .error(
                #"Fields "x" conflict because "id" and "name" are different fields. Use different"#
                    + " aliases on the fields to fetch both if this was intentional.",
                at: (1, 52),
                (1, 82)
            ),
            .error(
                #"Fields "x" conflict because "name" and "id" are different fields. Use different"#
                    + " aliases on the fields to fetch both if this was intentional.",
                at: (1, 82),
                (1, 114)
            )
        ),
        ValidationCase(
            "{ ferry { sister { ...A } sister { ...B } } } fragment A on Ferry { x: id ...B }"
                + " fragment B on Ferry { x: name ...A }",
            .error(
                #"Fields "sister" conflict because subfields "x" conflict because "id" and "name" are"#
                    + " different fields. Use different aliases on the fields to fetch both if this was"
                    + " intentional.",
                at: (1, 11),
                (1, 69),
                (1, 27),
                (1, 104)
            ),
            .error(#"Cannot spread fragment "A" within itself via "B"."#, at: (1, 75), (1, 112)),
            .error(
                #"Fields "x" conflict because "id" and "name" are different fields. Use different"#
                    + " aliases on the fields to fetch both if this was intentional.",
                at: (1, 69),
                (1, 104)
            ),
            .error(
                #"Fields "x" conflict because "name" and "id" are different fields. Use different"#
                    + " aliases on the fields to fetch both if this was intentional.",
                at: (1, 104),
                (1, 69)
            )
        ),
    ]

    static let checksFragmentsThatNothingSpreadsCases: [ValidationCase] = [
        ValidationCase(
            "{ ferry { id } } fragment A on Ferry { x: id x: name }",
            .error(
                #"Fields "x" conflict because "id" and "name" are different fields. Use different"#
                    + " aliases on the fields to fetch both if this was intentional.",
                at: (1, 40),
                (1, 46)
            ),
            .error(#"Fragment "A" is never used."#, at: (1, 18))
        ),
        ValidationCase(
            "{ ferry { ...A } } fragment A on Ferry { x: id x: name } fragment A on Ferry { id }",
            .error(
                #"Fields "x" conflict because "id" and "name" are different fields. Use different"#
                    + " aliases on the fields to fetch both if this was intentional.",
                at: (1, 42),
                (1, 48)
            ),
            .error(#"There can be only one fragment named "A"."#, at: (1, 29), (1, 67))
        ),
    ]

    @Test(arguments: findsConflictsThroughFragmentsCases)
    func findsConflictsThroughFragments(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: checksFragmentsThatNothingSpreadsCases)
    func checksFragmentsThatNothingSpreads(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }
}
