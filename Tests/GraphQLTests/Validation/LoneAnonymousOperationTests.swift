import GraphQL
import Testing

@Suite struct LoneAnonymousOperationTests {
    static let rejectsAnAnonymousOperationAmongOthersCases: [ValidationCase] = [
        ValidationCase(
            "{ ferry { id } } { sloop { id } }",
            .error("This anonymous operation must be the only defined operation.", at: (1, 1)),
            .error("This anonymous operation must be the only defined operation.", at: (1, 18))
        ),
        ValidationCase(
            "{ ferry { id } } query B { ferry { id } }",
            .error("This anonymous operation must be the only defined operation.", at: (1, 1))
        ),
        ValidationCase(
            """
            query A { ferry { id } }
            mutation { rename(id: 1, name: "a") { id } }
            """,
            .error("This anonymous operation must be the only defined operation.", at: (2, 1))
        ),
        ValidationCase(
            "subscription { tick } { ferry { id } } fragment F on Ferry { id }",
            .error("This anonymous operation must be the only defined operation.", at: (1, 1)),
            .error("This anonymous operation must be the only defined operation.", at: (1, 23)),
            .error(#"Fragment "F" is never used."#, at: (1, 40))
        ),
    ]

    @Test(arguments: [
        "{ ferry { id } }",
        "{ ferry { ...F } } fragment F on Ferry { id }",
        "query A { ferry { id } } query B { ferry { id } }",
    ])
    func acceptsOneAnonymousOperationOrNamedOnes(document: String) throws {
        #expect(try ValidationSchema.errors(in: document) == [])
    }

    @Test(arguments: rejectsAnAnonymousOperationAmongOthersCases)
    func rejectsAnAnonymousOperationAmongOthers(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }
}
