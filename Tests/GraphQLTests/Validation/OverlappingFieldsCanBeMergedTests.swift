import GraphQL
import Testing

@Suite struct OverlappingFieldsCanBeMergedTests {
    static let rejectsDifferentFieldsOfOneKeyCases: [ValidationCase] = [
        ValidationCase(
            "{ ferry { x: id x: name } }",
            .error(
                #"Fields "x" conflict because "id" and "name" are different fields. Use different"#
                    + " aliases on the fields to fetch both if this was intentional.",
                at: (1, 11),
                (1, 17)
            )
        ),
        ValidationCase(
            "{ ferry { name: id name } }",
            .error(
                #"Fields "name" conflict because "id" and "name" are different fields. Use different"#
                    + " aliases on the fields to fetch both if this was intentional.",
                at: (1, 11),
                (1, 20)
            )
        ),
        ValidationCase(
            "{ ferry { x: id x: name x: carDecks } }",
            .error(
                #"Fields "x" conflict because "id" and "name" are different fields. Use different"#
                    + " aliases on the fields to fetch both if this was intentional.",
                at: (1, 11),
                (1, 17)
            ),
            .error(
                #"Fields "x" conflict because "id" and "carDecks" are different fields. Use different"#
                    + " aliases on the fields to fetch both if this was intentional.",
                at: (1, 11),
                (1, 25)
            ),
            .error(
                #"Fields "x" conflict because "name" and "carDecks" are different fields. Use"#
                    + " different aliases on the fields to fetch both if this was intentional.",
                at: (1, 17),
                (1, 25)
            )
        ),
        ValidationCase(
            "{ vessel(id: 1) { x: id ... on Ferry { x: name } } }",
            .error(
                #"Fields "x" conflict because "id" and "name" are different fields. Use different"#
                    + " aliases on the fields to fetch both if this was intentional.",
                at: (1, 19),
                (1, 40)
            )
        ),
        ValidationCase(
            "{ vessel(id: 1) { ... on Motorized { x: horsepower } ... on Ferry { x: carDecks } }"
                + " }",
            .error(
                #"Fields "x" conflict because "horsepower" and "carDecks" are different fields. Use"#
                    + " different aliases on the fields to fetch both if this was intentional.",
                at: (1, 38),
                (1, 69)
            )
        ),
        ValidationCase(
            "{ ferry { ...A ...B } } fragment A on Ferry { x: carDecks } fragment B on Ferry {"
                + " x: horsepower }",
            .error(
                #"Fields "x" conflict because "carDecks" and "horsepower" are different fields. Use"#
                    + " different aliases on the fields to fetch both if this was intentional.",
                at: (1, 47),
                (1, 83)
            )
        ),
    ]

    static let rejectsDifferentArgumentsCases: [ValidationCase] = [
        ValidationCase(
            "{ vessel(id: 1) { id } vessel(id: 2) { id } }",
            .error(
                #"Fields "vessel" conflict because they have differing arguments. Use different"#
                    + " aliases on the fields to fetch both if this was intentional.",
                at: (1, 3),
                (1, 24)
            )
        ),
        // Two encodings of the same character.
        ValidationCase(
            "{ vessel(id: \"\u{E9}\") { id } vessel(id: \"e\u{301}\") { id } }",
            .error(
                #"Fields "vessel" conflict because they have differing arguments. Use different"#
                    + " aliases on the fields to fetch both if this was intentional.",
                at: (1, 3),
                (1, 26)
            )
        ),
        ValidationCase(
            "{ ferry { name name(short: true) } }",
            .error(
                #"Fields "name" conflict because they have differing arguments. Use different aliases"#
                    + " on the fields to fetch both if this was intentional.",
                at: (1, 11),
                (1, 16)
            )
        ),
        ValidationCase(
            "{ ferry { crew(first: 1) { name } crew(rank: MATE) { name } } }",
            .error(
                #"Fields "crew" conflict because they have differing arguments. Use different aliases"#
                    + " on the fields to fetch both if this was intentional.",
                at: (1, 11),
                (1, 35)
            )
        ),
        ValidationCase(
            "query ($a: Int, $b: Int) { echo(int: $a) echo(int: $b) echo(int: 1) }",
            .error(
                #"Fields "echo" conflict because they have differing arguments. Use different aliases"#
                    + " on the fields to fetch both if this was intentional.",
                at: (1, 28),
                (1, 42)
            ),
            .error(
                #"Fields "echo" conflict because they have differing arguments. Use different aliases"#
                    + " on the fields to fetch both if this was intentional.",
                at: (1, 28),
                (1, 56)
            ),
            .error(
                #"Fields "echo" conflict because they have differing arguments. Use different aliases"#
                    + " on the fields to fetch both if this was intentional.",
                at: (1, 42),
                (1, 56)
            )
        ),
        ValidationCase(
            #"{ echo(strings: ["a", "b"]) echo(strings: ["b", "a"]) }"#,
            .error(
                #"Fields "echo" conflict because they have differing arguments. Use different aliases"#
                    + " on the fields to fetch both if this was intentional.",
                at: (1, 3),
                (1, 29)
            )
        ),
        ValidationCase(
            #"{ echo(string: "a") echo(string: """a""") }"#,
            .error(
                #"Fields "echo" conflict because they have differing arguments. Use different aliases"#
                    + " on the fields to fetch both if this was intentional.",
                at: (1, 3),
                (1, 21)
            )
        ),
    ]

    static let rejectsDifferentShapesOfDistinctObjectsCases: [ValidationCase] = [
        ValidationCase(
            "{ moored { ... on Ferry { x: carDecks } ... on Sloop { x: id } } }",
            .error(
                #"Fields "x" conflict because they return conflicting types "Int" and "ID!". Use"#
                    + " different aliases on the fields to fetch both if this was intentional.",
                at: (1, 27),
                (1, 56)
            )
        ),
        ValidationCase(
            "{ moored { ... on Ferry { x: id } ... on Sloop { x: name } } }",
            .error(
                #"Fields "x" conflict because they return conflicting types "ID!" and "String". Use"#
                    + " different aliases on the fields to fetch both if this was intentional.",
                at: (1, 27),
                (1, 50)
            )
        ),
        ValidationCase(
            "{ moored { ... on Ferry { x: crew { name } } ... on Sloop { x: name } } }",
            .error(
                #"Fields "x" conflict because they return conflicting types "[Sailor!]!" and"#
                    + #" "String". Use different aliases on the fields to fetch both if this was"#
                    + " intentional.",
                at: (1, 27),
                (1, 61)
            )
        ),
        ValidationCase(
            "{ moored { ... on Ferry { x: sister { y: name } } ... on Sloop { x: crew { y: rank"
                + " } } } }",
            .error(
                #"Fields "x" conflict because they return conflicting types "Ferry" and "[Sailor!]!"."#
                    + " Use different aliases on the fields to fetch both if this was intentional.",
                at: (1, 27),
                (1, 66)
            )
        ),
        ValidationCase(
            "{ vessel(id: 1) { ... on Tug { x: towing { y: id } } ... on Ferry { x: sister { y:"
                + " carDecks } } } }",
            .error(
                #"Fields "x" conflict because subfields "y" conflict because they return conflicting"#
                    + #" types "ID!" and "Int". Use different aliases on the fields to fetch both if this"#
                    + " was intentional.",
                at: (1, 32),
                (1, 44),
                (1, 69),
                (1, 81)
            )
        ),
    ]

    static let reportsConflictsInsideOfFieldsCases: [ValidationCase] = [
        ValidationCase(
            "{ ferry { x: id } ferry { x: name } }",
            .error(
                #"Fields "ferry" conflict because subfields "x" conflict because "id" and "name" are"#
                    + " different fields. Use different aliases on the fields to fetch both if this was"
                    + " intentional.",
                at: (1, 3),
                (1, 11),
                (1, 19),
                (1, 27)
            )
        ),
        ValidationCase(
            "{ f: ferry { x: id y: name } f: ferry { x: name y: id } }",
            .error(
                #"Fields "f" conflict because subfields "x" conflict because "id" and "name" are"#
                    + #" different fields and subfields "y" conflict because "name" and "id" are different"#
                    + " fields. Use different aliases on the fields to fetch both if this was intentional.",
                at: (1, 3),
                (1, 14),
                (1, 20),
                (1, 30),
                (1, 41),
                (1, 49)
            )
        ),
        ValidationCase(
            "{ ferry { sister { x: id } } ferry { sister { x: name } } }",
            .error(
                #"Fields "ferry" conflict because subfields "sister" conflict because subfields "x""#
                    + #" conflict because "id" and "name" are different fields. Use different aliases on"#
                    + " the fields to fetch both if this was intentional.",
                at: (1, 3),
                (1, 11),
                (1, 20),
                (1, 30),
                (1, 38),
                (1, 47)
            )
        ),
        ValidationCase(
            "{ ferry { sister { x: id } sister { x: name } } ferry { sister { x: carDecks } } }",
            .error(
                #"Fields "ferry" conflict because subfields "sister" conflict because subfields "x""#
                    + #" conflict because "id" and "carDecks" are different fields and subfields "sister""#
                    + #" conflict because subfields "x" conflict because "name" and "carDecks" are"#
                    + " different fields. Use different aliases on the fields to fetch both if this was"
                    + " intentional.",
                at: (1, 3),
                (1, 11),
                (1, 20),
                (1, 28),
                (1, 37),
                (1, 49),
                (1, 57),
                (1, 66),
                (1, 57),
                (1, 66)
            ),
            .error(
                #"Fields "sister" conflict because subfields "x" conflict because "id" and "name" are"#
                    + " different fields. Use different aliases on the fields to fetch both if this was"
                    + " intentional.",
                at: (1, 11),
                (1, 20),
                (1, 28),
                (1, 37)
            )
        ),
        ValidationCase(
            "{ f: ferry { sister { ...A } } f: ferry { sister { x: name } } } fragment A on"
                + " Ferry { x: id }",
            .error(
                #"Fields "f" conflict because subfields "sister" conflict because subfields "x""#
                    + #" conflict because "name" and "id" are different fields. Use different aliases on"#
                    + " the fields to fetch both if this was intentional.",
                at: (1, 3),
                (1, 14),
                (1, 52),
                (1, 32),
                (1, 43),
                (1, 88)
            )
        ),
    ]

    static let comparesFieldsOfUnknownTypesTooCases: [ValidationCase] = [
        ValidationCase(
            "{ raft { x: id x: name } }",
            .error(#"Cannot query field "raft" on type "Query"."#, at: (1, 3)),
            .error(
                #"Fields "x" conflict because "id" and "name" are different fields. Use different"#
                    + " aliases on the fields to fetch both if this was intentional.",
                at: (1, 10),
                (1, 16)
            )
        ),
        ValidationCase(
            "{ ferry { x: draft x: depth } }",
            .error(
                #"Fields "x" conflict because "draft" and "depth" are different fields. Use different"#
                    + " aliases on the fields to fetch both if this was intentional.",
                at: (1, 11),
                (1, 20)
            ),
            .error(#"Cannot query field "draft" on type "Ferry"."#, at: (1, 11)),
            .error(#"Cannot query field "depth" on type "Ferry"."#, at: (1, 20))
        ),
        ValidationCase(
            "{ moored { ... on Raft { x: id } ... on Ferry { x: name } } }",
            .error(
                #"Fields "x" conflict because "id" and "name" are different fields. Use different"#
                    + " aliases on the fields to fetch both if this was intentional.",
                at: (1, 26),
                (1, 49)
            ),
            .error(#"Unknown type "Raft". Did you mean "Rank"?"#, at: (1, 19))
        ),
        ValidationCase(
            "{ moored { x: __typename ... on Ferry { x: carDecks } } }",
            .error(
                #"Fields "x" conflict because "__typename" and "carDecks" are different fields. Use"#
                    + " different aliases on the fields to fetch both if this was intentional.",
                at: (1, 12),
                (1, 41)
            )
        ),
    ]

    @Test(arguments: [
        "{ ferry { id id name } ferry { name: name } }",
        "{ vessel(id: 1) { id } vessel(id: 1) { name(short: true) ... on Ferry { name(short:"
            + " true) } } }",
        "{ echo(range: {from: 1, step: 2}, int: 3) echo(int: 3, range: {step: 2, from: 1}) }",
        "{ ferry { ...A ...B } } fragment A on Ferry { id sister { id } } fragment B on"
            + " Ferry { sister { id name } id }",
        "{ ferry { id @skip(if: true) id @include(if: false) } }",
        "query ($a: Int) { echo(int: $a) echo(int: $a) }",
        "{ ferry { sister { ...A } ...A } } fragment A on Ferry { id name }",
    ])
    func acceptsFieldsThatAreTheSame(document: String) throws {
        #expect(try ValidationSchema.errors(in: document) == [])
    }

    @Test(arguments: [
        "{ moored { ... on Ferry { a: carDecks } ... on Sloop { a: sails } } }",
        "{ moored { ... on Ferry { crew(first: 1) { name } } ... on Sloop { crew(first: 2) {"
            + " name } } } }",
        "{ moored { ...A ...B } } fragment A on Ferry { x: id } fragment B on Sloop { x: id }",
    ])
    func acceptsDifferentFieldsOfDistinctObjects(document: String) throws {
        #expect(try ValidationSchema.errors(in: document) == [])
    }

    @Test(arguments: rejectsDifferentFieldsOfOneKeyCases)
    func rejectsDifferentFieldsOfOneKey(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsDifferentArgumentsCases)
    func rejectsDifferentArguments(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsDifferentShapesOfDistinctObjectsCases)
    func rejectsDifferentShapesOfDistinctObjects(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: reportsConflictsInsideOfFieldsCases)
    func reportsConflictsInsideOfFields(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: comparesFieldsOfUnknownTypesTooCases)
    func comparesFieldsOfUnknownTypesToo(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }
}
