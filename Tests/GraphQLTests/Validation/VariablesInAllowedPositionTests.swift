import GraphQL
import Testing

@Suite struct VariablesInAllowedPositionTests {
    static let rejectsVariablesOfOtherTypesCases: [ValidationCase] = [
        ValidationCase(
            "query A($v: Int) { echo(string: $v) }",
            .error(#"Variable "$v" of type "Int" used in position expecting type "String"."#, at: (1, 9), (1, 33))
        ),
        ValidationCase(
            "query A($v: Int) { need(a: $v, list: []) }",
            .error(#"Variable "$v" of type "Int" used in position expecting type "Int!"."#, at: (1, 9), (1, 28))
        ),
        ValidationCase(
            "query A($v: String) { need(a: 1, list: [$v]) }",
            .error(#"Variable "$v" of type "String" used in position expecting type "String!"."#, at: (1, 9), (1, 41))
        ),
        ValidationCase(
            "query A($v: [String]) { need(a: 1, list: $v) }",
            .error(
                #"Variable "$v" of type "[String]" used in position expecting type "[String!]!"."#,
                at: (1, 9),
                (1, 42)
            )
        ),
        ValidationCase(
            "query A($v: [String!]) { echo(string: $v) }",
            .error(#"Variable "$v" of type "[String!]" used in position expecting type "String"."#, at: (1, 9), (1, 39))
        ),
        ValidationCase(
            "query A($v: String) { echo(strings: $v, id: $v, rank: $v) }",
            .error(#"Variable "$v" of type "String" used in position expecting type "[String]"."#, at: (1, 9), (1, 37)),
            .error(#"Variable "$v" of type "String" used in position expecting type "ID"."#, at: (1, 9), (1, 45)),
            .error(#"Variable "$v" of type "String" used in position expecting type "Rank"."#, at: (1, 9), (1, 55))
        ),
        ValidationCase(
            "query A($v: Int) { echo(range: {from: $v, to: $v}) }",
            .error(#"Variable "$v" of type "Int" used in position expecting type "Int!"."#, at: (1, 9), (1, 39))
        ),
        ValidationCase(
            "query A($v: Boolean) { ferry @skip(if: $v) { id @include(if: $v) } }",
            .error(
                #"Variable "$v" of type "Boolean" used in position expecting type "Boolean!"."#,
                at: (1, 9),
                (1, 40)
            ),
            .error(#"Variable "$v" of type "Boolean" used in position expecting type "Boolean!"."#, at: (1, 9), (1, 62))
        ),
        ValidationCase(
            "query A($v: Range) { vessels(filter: {inner: $v, range: $v}) { id } }",
            .error(#"Variable "$v" of type "Range" used in position expecting type "Filter"."#, at: (1, 9), (1, 46))
        ),
    ]

    static let rejectsNullAsTheDefaultOfANonNullPositionCases: [ValidationCase] = [
        ValidationCase(
            "query A($v: Int = null) { need(a: $v, list: []) }",
            .error(#"Variable "$v" of type "Int" used in position expecting type "Int!"."#, at: (1, 9), (1, 35))
        )
    ]

    static let rejectsMisusesInFragmentsCases: [ValidationCase] = [
        ValidationCase(
            "query A($v: String) { ferry { ...F } } fragment F on Ferry { ...G } fragment G on"
                + " Ferry { crew(first: $v) { name } }",
            .error(#"Variable "$v" of type "String" used in position expecting type "Int"."#, at: (1, 9), (1, 103))
        ),
        ValidationCase(
            "query A($v: Int) { ferry { ...F } } query B($v: String) { ferry { ...F } } query"
                + " C($v: Boolean) { ferry { ...F } } fragment F on Ferry { crew(first: $v) { name } }",
            .error(#"Variable "$v" of type "String" used in position expecting type "Int"."#, at: (1, 45), (1, 150)),
            .error(#"Variable "$v" of type "Boolean" used in position expecting type "Int"."#, at: (1, 84), (1, 150))
        ),
        ValidationCase(
            "query A($v: String) { ferry { ...F } } fragment F on Ferry { crew(first: $v) { name"
                + " } sister { ...F } }",
            .error(#"Variable "$v" of type "String" used in position expecting type "Int"."#, at: (1, 9), (1, 74)),
            .error(#"Cannot spread fragment "F" within itself."#, at: (1, 96))
        ),
    ]

    static let rejectsNullableVariablesInOneOfObjectsCases: [ValidationCase] = [
        ValidationCase(
            "query A($v: ID) { find(by: {id: $v}) { id } }",
            .error(
                #"Variable "$v" is of type "ID" but must be non-nullable to be used for OneOf Input"#
                    + #" Object "Key"."#,
                at: (1, 9),
                (1, 33)
            )
        ),
        ValidationCase(
            "query A($v: Int) { find(by: {name: $v}) { id } }",
            .error(#"Variable "$v" of type "Int" used in position expecting type "String"."#, at: (1, 9), (1, 36)),
            .error(
                #"Variable "$v" is of type "Int" but must be non-nullable to be used for OneOf Input"#
                    + #" Object "Key"."#,
                at: (1, 9),
                (1, 36)
            )
        ),
    ]

    @Test(arguments: [
        "query A($v: Int) { echo(int: $v) }",
        "query A($v: Int!) { echo(int: $v) need(a: $v, list: []) }",
        "query A($v: Int = 1) { need(a: $v, list: []) }",
        "query A($v: Int) { need(a: 1, b: $v, list: []) }",
        "query A($v: [String!]!) { need(a: 1, list: $v) echo(strings: $v) }",
        "query A($v: [[Int!]!]) { echo(matrix: $v) }",
        "query A($v: String!) { need(a: 1, list: [$v]) echo(strings: [$v]) }",
        "query A($v: Int) { echo(range: {from: 1, to: $v}) }",
        "query A($v: ID!) { find(by: {id: $v}) { id } }",
        "query A($v: Boolean = true) { ferry @skip(if: $v) { id } }",
        "query A($v: Boolean!) { ferry { ...F } } fragment F on Ferry { id @include(if: $v) }",
        "query A($v: Key) { find(by: $v) { id } }",
        #"query A($v: ID = "a") { find(by: {id: $v}) { id } }"#,
    ])
    func acceptsVariablesThatFit(document: String) throws {
        #expect(try ValidationSchema.errors(in: document) == [])
    }

    @Test(arguments: [
        "query A($v: Int, $w: String) { echo(tide: {a: $v, b: [$w]}) }"
    ])
    func acceptsVariablesInsideCustomScalars(document: String) throws {
        #expect(try ValidationSchema.errors(in: document) == [])
    }

    @Test(arguments: rejectsVariablesOfOtherTypesCases)
    func rejectsVariablesOfOtherTypes(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsNullAsTheDefaultOfANonNullPositionCases)
    func rejectsNullAsTheDefaultOfANonNullPosition(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsMisusesInFragmentsCases)
    func rejectsMisusesInFragments(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsNullableVariablesInOneOfObjectsCases)
    func rejectsNullableVariablesInOneOfObjects(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }
}
