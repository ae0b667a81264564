import GraphQL
import Testing

@Suite struct ExecutableDefinitionsTests {
    static let rejectsTypeSystemDefinitionsCases: [ValidationCase] = [
        ValidationCase(
            "type Raft { id: ID } { ferry { id } }",
            .error(#"The "Raft" definition is not executable."#, at: (1, 1))
        ),
        ValidationCase(
            "{ ferry { id } } extend type Ferry { length: Int }",
            .error(#"The "Ferry" definition is not executable."#, at: (1, 18))
        ),
        ValidationCase(
            "schema { query: Query }",
            .error("The schema definition is not executable.", at: (1, 1))
        ),
        ValidationCase(
            "extend schema { mutation: Mutation }",
            .error("The schema definition is not executable.", at: (1, 1))
        ),
        ValidationCase(
            "directive @d on FIELD",
            .error(#"The "d" definition is not executable."#, at: (1, 1))
        ),
        ValidationCase(
            """
            { ferry { id } }
            scalar S
            enum E { A }
            input I { a: Int }
            interface N { a: Int }
            union U = Ferry
            """,
            .error(#"The "S" definition is not executable."#, at: (2, 1)),
            .error(#"The "E" definition is not executable."#, at: (3, 1)),
            .error(#"The "I" definition is not executable."#, at: (4, 1)),
            .error(#"The "N" definition is not executable."#, at: (5, 1)),
            .error(#"The "U" definition is not executable."#, at: (6, 1))
        ),
    ]

    @Test(arguments: [
        "{ ferry { id } }",
        "query A { ferry { ...F } } fragment F on Ferry { id }",
        #"mutation { rename(id: 1, name: "a") { id } }"#,
    ])
    func acceptsOperationsAndFragments(document: String) throws {
        #expect(try ValidationSchema.errors(in: document) == [])
    }

    @Test(arguments: rejectsTypeSystemDefinitionsCases)
    func rejectsTypeSystemDefinitions(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }
}
