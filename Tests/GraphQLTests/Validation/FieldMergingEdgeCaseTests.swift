import GraphQL
import Testing

/// Conflicts in documents that other rules refuse as well; graphql-js reports both.
@Suite struct FieldMergingEdgeCaseTests {
    private static let differingArguments =
        #"Fields "echo" conflict because they have differing arguments."#
        + " Use different aliases on the fields to fetch both if this was intentional."
    private static let repeatedArgument = #"There can be only one argument named "int"."#

    /// Each argument of the first field is compared with the last one of that name that the second has.
    static let comparesArgumentsWithTheLastOfTheirNameCases: [ValidationCase] = [
        ValidationCase(
            "{ echo(int: 1, int: 1) echo(int: 2, int: 1) }",
            .error(repeatedArgument, at: (1, 8), (1, 16)),
            .error(repeatedArgument, at: (1, 29), (1, 37))
        ),
        ValidationCase(
            "{ echo(int: 2, int: 1) echo(int: 1, int: 1) }",
            .error(differingArguments, at: (1, 3), (1, 24)),
            .error(repeatedArgument, at: (1, 8), (1, 16)),
            .error(repeatedArgument, at: (1, 29), (1, 37))
        ),
        ValidationCase(
            "{ echo(int: 1, int: 2) echo(int: 1, int: 2) }",
            .error(differingArguments, at: (1, 3), (1, 24)),
            .error(repeatedArgument, at: (1, 8), (1, 16)),
            .error(repeatedArgument, at: (1, 29), (1, 37))
        ),
        ValidationCase(
            "{ echo(int: 1, int: 1) echo(float: 2, int: 1) }",
            .error(repeatedArgument, at: (1, 8), (1, 16))
        ),
    ]

    @Test(arguments: comparesArgumentsWithTheLastOfTheirNameCases)
    func comparesArgumentsWithTheLastOfTheirName(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    /// In a cycle of fragments a field is compared with itself.
    @Test func aFieldThatRepeatsAnArgumentDiffersFromItself() throws {
        let document = "{ ...A } fragment A on Query { ... { echo(int: 1, int: 2) ...A } }"
        #expect(
            try ValidationSchema.errors(in: document) == [
                .error(#"Cannot spread fragment "A" within itself."#, at: (1, 59)),
                .error(Self.differingArguments, at: (1, 38), (1, 38)),
                .error(Self.repeatedArgument, at: (1, 43), (1, 51)),
            ]
        )
    }

    /// A lone `__type` is known to return a type, two that are merged are compared without.
    static let comparesShapesInsideOfALoneIntrospectionFieldCases: [ValidationCase] = [
        ValidationCase(
            #"{ __type(name: "Tug") { name ... on __Field { name } } }"#,
            .error(
                #"Fields "name" conflict because they return conflicting types "String" and "String!"."#
                    + " Use different aliases on the fields to fetch both if this was intentional.",
                at: (1, 25),
                (1, 47)
            ),
            .error(
                #"Fragment cannot be spread here as objects of type "__Type" can never be of type "__Field"."#,
                at: (1, 30)
            )
        ),
        ValidationCase(
            #"{ __type(name: "Tug") { name ... on __Field { name } } __type(name: "Tug") { kind } }"#,
            .error(
                #"Fragment cannot be spread here as objects of type "__Type" can never be of type "__Field"."#,
                at: (1, 30)
            )
        ),
    ]

    @Test(arguments: comparesShapesInsideOfALoneIntrospectionFieldCases)
    func comparesShapesInsideOfALoneIntrospectionField(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }
}
