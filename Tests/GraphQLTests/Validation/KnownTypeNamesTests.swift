import GraphQL
import Testing

@Suite struct KnownTypeNamesTests {
    static let rejectsUnknownTypesInOperationsCases: [ValidationCase] = [
        ValidationCase(
            "query A($a: Strin) { echo(string: $a) }",
            .error(#"Unknown type "Strin". Did you mean "String"?"#, at: (1, 13))
        ),
        ValidationCase(
            "query A($a: [Ferryy!]) { ferry { id ... on Slop { id } } }",
            .error(#"Unknown type "Ferryy". Did you mean "Ferry"?"#, at: (1, 14)),
            .error(#"Unknown type "Slop". Did you mean "Sloop"?"#, at: (1, 44)),
            .error(#"Variable "$a" is never used in operation "A"."#, at: (1, 9))
        ),
        ValidationCase(
            "{ vessel(id: 1) { ...F } } fragment F on Vesel { id }",
            .error(#"Unknown type "Vesel". Did you mean "Vessel"?"#, at: (1, 42))
        ),
        ValidationCase(
            "{ ferry { id } } query B($a: Boat = {a: 1}) { ferry { id } }",
            .error("This anonymous operation must be the only defined operation.", at: (1, 1)),
            .error(#"Unknown type "Boat". Did you mean "Float"?"#, at: (1, 30)),
            .error(#"Variable "$a" is never used in operation "B"."#, at: (1, 26))
        ),
    ]

    static let rejectsUnknownTypesInDefinitionsCases: [ValidationCase] = [
        ValidationCase(
            "type Query { a: Quer }",
            .error(#"Unknown type "Quer". Did you mean "Query"?"#, at: (1, 17))
        ),
        ValidationCase(
            "schema { query: Q mutation: M }",
            .error(#"Unknown type "Q"."#, at: (1, 17)),
            .error(#"Unknown type "M"."#, at: (1, 29))
        ),
        ValidationCase(
            "type A implements N & A2 { a(b: Strng): [Booleann!] }",
            .error(#"Unknown type "N". Did you mean "A"?"#, at: (1, 19)),
            .error(#"Unknown type "A2". Did you mean "A"?"#, at: (1, 23)),
            .error(#"Unknown type "Strng". Did you mean "String"?"#, at: (1, 33)),
            .error(#"Unknown type "Booleann". Did you mean "Boolean"?"#, at: (1, 42))
        ),
        ValidationCase(
            "union U = V | W",
            .error(#"Unknown type "V". Did you mean "U"?"#, at: (1, 11)),
            .error(#"Unknown type "W". Did you mean "U"?"#, at: (1, 15))
        ),
        ValidationCase(
            "input I { a: J = 1 } directive @d(a: Itn) on FIELD",
            .error(#"Unknown type "J". Did you mean "I"?"#, at: (1, 14)),
            .error(#"Unknown type "Itn". Did you mean "Int", "I", or "ID"?"#, at: (1, 38))
        ),
    ]

    static let rejectsUnknownTypesInExtensionsCases: [ValidationCase] = [
        ValidationCase(
            "extend type Ferry { a: Fery b: Raft } type Raft { a: Int }",
            .error(#"Unknown type "Fery". Did you mean "Ferry", "Key", or "Query"?"#, at: (1, 24))
        ),
        ValidationCase(
            "extend union Moored = Barge",
            .error(#"Unknown type "Barge". Did you mean "Range"?"#, at: (1, 23))
        ),
        ValidationCase(
            "extend schema { subscription: Subscript }",
            .error("Type for subscription already defined in the schema. It cannot be redefined.", at: (1, 17)),
            .error(#"Unknown type "Subscript". Did you mean "Subscription"?"#, at: (1, 31))
        ),
    ]

    @Test(arguments: [
        "query A($a: String, $b: [Rank!]!, $c: Key) { echo(string: $a, ranks: $b) find(by:"
            + " $c) { ... on Ferry { id } ...F } } fragment F on Vessel { id }"
    ])
    func acceptsTypesOfTheSchema(document: String) throws {
        #expect(try ValidationSchema.errors(in: document) == [])
    }

    @Test(arguments: rejectsUnknownTypesInOperationsCases)
    func rejectsUnknownTypesInOperations(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: [
        "type Query { a: A b: [B!]! c(d: D): E } interface A { a: Int } union B = F type F"
            + " implements A { a: Int } input D { d: Float } enum E { X }",
        "type Query { a: String b: Int c: Boolean d: ID e: __Schema }",
        "schema { query: Q } type Q { a: Int }",
    ])
    func acceptsTypesThatTheDocumentDefines(document: String) throws {
        #expect(try ValidationSchema.errors(inDefinitions: document) == [])
    }

    @Test(arguments: rejectsUnknownTypesInDefinitionsCases)
    func rejectsUnknownTypesInDefinitions(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(inDefinitions: example.document) == example.errors)
    }

    @Test(arguments: rejectsUnknownTypesInExtensionsCases)
    func rejectsUnknownTypesInExtensions(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(inExtensions: example.document) == example.errors)
    }
}
