import GraphQL
import Testing

@Suite struct UniqueInputFieldNamesTests {
    static let rejectsRepeatedFieldsCases: [ValidationCase] = [
        ValidationCase(
            #"{ vessels(filter: {name: "a", name: "b"}) { id } }"#,
            .error(#"There can be only one input field named "name"."#, at: (1, 20), (1, 31))
        ),
        ValidationCase(
            #"{ vessels(filter: {name: "a", name: "b", name: "c"}) { id } }"#,
            .error(#"There can be only one input field named "name"."#, at: (1, 20), (1, 31)),
            .error(#"There can be only one input field named "name"."#, at: (1, 20), (1, 42))
        ),
        ValidationCase(
            #"{ vessels(filter: {inner: {name: "a", name: "b"}, name: "c", inner: {name: "d"}}) {"#
                + " id } }",
            .error(#"There can be only one input field named "name"."#, at: (1, 28), (1, 39)),
            .error(#"There can be only one input field named "inner"."#, at: (1, 20), (1, 62))
        ),
        ValidationCase(
            #"{ vessels(filter: {inners: [{name: "a", name: "b"}, {name: "c", name: "d"}]}) { id"#
                + " } }",
            .error(#"There can be only one input field named "name"."#, at: (1, 30), (1, 41)),
            .error(#"There can be only one input field named "name"."#, at: (1, 54), (1, 65))
        ),
        ValidationCase(
            "{ echo(tide: {a: 1, a: 2}) }",
            .error(#"There can be only one input field named "a"."#, at: (1, 15), (1, 21))
        ),
        ValidationCase(
            #"query A($v: Filter = {name: "a", name: "b"}) { vessels(filter: $v) { id } }"#,
            .error(#"There can be only one input field named "name"."#, at: (1, 23), (1, 34))
        ),
    ]

    static let rejectsRepeatedFieldsInDefinitionsCases: [ValidationCase] = [
        ValidationCase(
            "type Query { a(b: I = {c: 1, c: 2}): Int } input I { c: Int d: I = {c: 1, d: {c: 1,"
                + " c: 2}} }",
            .error(#"There can be only one input field named "c"."#, at: (1, 24), (1, 30)),
            .error(#"There can be only one input field named "c"."#, at: (1, 79), (1, 85))
        )
    ]

    @Test(arguments: [
        #"{ vessels(filter: {name: "a", inner: {name: "b", inner: {name: "c"}}}) { id } }"#,
        #"{ vessels(filter: {inners: [{name: "a"}, {name: "b"}], name: "c"}) { id } }"#,
    ])
    func acceptsFieldsOncePerObject(document: String) throws {
        #expect(try ValidationSchema.errors(in: document) == [])
    }

    @Test(arguments: rejectsRepeatedFieldsCases)
    func rejectsRepeatedFields(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsRepeatedFieldsInDefinitionsCases)
    func rejectsRepeatedFieldsInDefinitions(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(inDefinitions: example.document) == example.errors)
    }
}
