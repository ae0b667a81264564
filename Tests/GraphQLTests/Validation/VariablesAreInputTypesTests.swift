import GraphQL
import Testing

@Suite struct VariablesAreInputTypesTests {
    static let rejectsOutputTypesCases: [ValidationCase] = [
        ValidationCase(
            "query A($a: Ferry) { vessel(id: $a) { id } }",
            .error(#"Variable "$a" cannot be non-input type "Ferry"."#, at: (1, 13)),
            .error(#"Variable "$a" of type "Ferry" used in position expecting type "ID!"."#, at: (1, 9), (1, 33))
        ),
        ValidationCase(
            "query A($a: [[Moored!]]!, $b: Vessel) { vessels(filter: {inner: $a, name: $b}) { id"
                + " } }",
            .error(#"Variable "$a" cannot be non-input type "[[Moored!]]!"."#, at: (1, 13)),
            .error(#"Variable "$b" cannot be non-input type "Vessel"."#, at: (1, 31)),
            .error(
                #"Variable "$a" of type "[[Moored!]]!" used in position expecting type "Filter"."#,
                at: (1, 9),
                (1, 65)
            ),
            .error(#"Variable "$b" of type "Vessel" used in position expecting type "String"."#, at: (1, 27), (1, 75))
        ),
    ]

    @Test(arguments: [
        "query A($a: String, $b: [Rank!]!, $c: Filter, $d: Tide) { vessels(filter: $c) { id"
            + " } echo(string: $a, ranks: $b, tide: $d) }"
    ])
    func acceptsInputTypes(document: String) throws {
        #expect(try ValidationSchema.errors(in: document) == [])
    }

    @Test(arguments: rejectsOutputTypesCases)
    func rejectsOutputTypes(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }
}
