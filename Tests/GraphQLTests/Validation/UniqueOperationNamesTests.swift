import GraphQL
import Testing

@Suite struct UniqueOperationNamesTests {
    static let rejectsRepeatedNamesCases: [ValidationCase] = [
        ValidationCase(
            "query A { ferry { id } } query A { sloop { id } }",
            .error(#"There can be only one operation named "A"."#, at: (1, 7), (1, 32))
        ),
        ValidationCase(
            #"query A { ferry { id } } mutation A { rename(id: 1, name: "a") { id } }"#,
            .error(#"There can be only one operation named "A"."#, at: (1, 7), (1, 35))
        ),
        ValidationCase(
            """
            query A { ferry { id } }
            query A { ferry { id } }
            subscription A { tick }
            """,
            .error(#"There can be only one operation named "A"."#, at: (1, 7), (2, 7)),
            .error(#"There can be only one operation named "A"."#, at: (1, 7), (3, 14))
        ),
    ]

    @Test(arguments: [
        "query A { ferry { id } } query B { ferry { id } }",
        #"query A { ferry { id } } mutation B { rename(id: 1, name: "a") { id } }"#
            + " subscription C { tick }",
        "query F { ferry { ...F } } fragment F on Ferry { id }",
        "{ ferry { id } }",
    ])
    func acceptsDifferentNames(document: String) throws {
        #expect(try ValidationSchema.errors(in: document) == [])
    }

    @Test(arguments: rejectsRepeatedNamesCases)
    func rejectsRepeatedNames(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }
}
