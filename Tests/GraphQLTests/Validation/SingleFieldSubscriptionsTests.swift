import GraphQL
import Testing

@Suite struct SingleFieldSubscriptionsTests {
    static let rejectsSeveralRootFieldsCases: [ValidationCase] = [
        ValidationCase(
            "subscription { tick departed }",
            .error("Anonymous Subscription must select only one top level field.", at: (1, 21))
        ),
        ValidationCase(
            "subscription S { tick departed }",
            .error(#"Subscription "S" must select only one top level field."#, at: (1, 23))
        ),
        ValidationCase(
            "subscription S { tick departed arrived { id } departed }",
            .error(#"Subscription "S" must select only one top level field."#, at: (1, 23), (1, 47), (1, 32))
        ),
        ValidationCase(
            "subscription S { a: tick b: tick }",
            .error(#"Subscription "S" must select only one top level field."#, at: (1, 26))
        ),
        ValidationCase(
            "subscription S { tick ...F } fragment F on Subscription { departed }",
            .error(#"Subscription "S" must select only one top level field."#, at: (1, 59))
        ),
        ValidationCase(
            "subscription S { ...F } fragment F on Subscription { tick ... { departed ...F } }",
            .error(#"Subscription "S" must select only one top level field."#, at: (1, 65)),
            .error(#"Cannot spread fragment "F" within itself."#, at: (1, 74))
        ),
    ]

    static let rejectsIntrospectionAtTheRootCases: [ValidationCase] = [
        ValidationCase(
            "subscription S { __typename }",
            .error(#"Subscription "S" must not select an introspection top level field."#, at: (1, 18))
        ),
        ValidationCase(
            "subscription { tick __typename }",
            .error("Anonymous Subscription must select only one top level field.", at: (1, 21)),
            .error("Anonymous Subscription must not select an introspection top level field.", at: (1, 21))
        ),
        ValidationCase(
            "subscription S { a: __typename }",
            .error(#"Subscription "S" must not select an introspection top level field."#, at: (1, 18))
        ),
        ValidationCase(
            "subscription { ...F } fragment F on Subscription { __typename }",
            .error("Anonymous Subscription must not select an introspection top level field.", at: (1, 52))
        ),
    ]

    static let rejectsConditionsAtTheRootCases: [ValidationCase] = [
        ValidationCase(
            "subscription S($v: Boolean!) { tick @skip(if: $v) }",
            .error(
                #"Subscription "S" must not use `@skip` or `@include` directives in the top level"#
                    + " selection.",
                at: (1, 37)
            )
        ),
        ValidationCase(
            "subscription S($v: Boolean!) { tick ... @include(if: $v) { departed } }",
            .error(
                #"Subscription "S" must not use `@skip` or `@include` directives in the top level"#
                    + " selection.",
                at: (1, 41)
            )
        ),
        ValidationCase(
            "subscription ($v: Boolean!) { tick @include(if: $v) ...F @skip(if: $v) } fragment F"
                + " on Subscription { departed }",
            .error(
                "Anonymous Subscription must not use `@skip` or `@include` directives in the top"
                    + " level selection.",
                at: (1, 36),
                (1, 58)
            )
        ),
    ]

    @Test(arguments: [
        "subscription { tick }",
        #"subscription S { arrived(kind: "a") { id name } }"#,
        "subscription S { ...F } fragment F on Subscription { tick }",
        "subscription S { ... on Subscription { tick } ... { tick } }",
        "subscription S { tick tick }",
        "subscription S { tick ...F } fragment F on Subscription { tick ...G } fragment G on"
            + " Subscription { tick }",
    ])
    func acceptsOneRootField(document: String) throws {
        #expect(try ValidationSchema.errors(in: document) == [])
    }

    @Test(arguments: rejectsSeveralRootFieldsCases)
    func rejectsSeveralRootFields(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsIntrospectionAtTheRootCases)
    func rejectsIntrospectionAtTheRoot(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsConditionsAtTheRootCases)
    func rejectsConditionsAtTheRoot(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }
}
