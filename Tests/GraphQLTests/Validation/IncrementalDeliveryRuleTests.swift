import GraphQL
import Testing

/// The rules for `@defer` and `@stream`, with graphql-js's messages.
@Suite struct IncrementalDeliveryRuleTests {
    private static let sdl = """
        directive @defer(if: Boolean! = true, label: String) on FRAGMENT_SPREAD | INLINE_FRAGMENT
        directive @stream(if: Boolean! = true, label: String, initialCount: Int = 0) on FIELD
        type Query { thing: Thing things: [Thing!]! }
        type Mutation { thing: Thing things: [Thing] }
        type Subscription { thing: Thing }
        type Thing { id: ID name: String thing: Thing names: [String] }
        """

    private func errors(_ text: String) throws -> [String] {
        let schema = try Schema(sdl: Source(Self.sdl))
        return validate(try Document(parsing: Source(text)), schema: schema).map(\.message)
    }

    @Test(arguments: [
        #"{ ... @defer { thing { id } } things @stream(initialCount: 1) { ...F @defer(label: "f") } } fragment F on Thing { id }"#,
        "query($d: Boolean!) { thing { ... @defer(if: $d) { id } } }",
        "mutation { thing { ... @defer { id } } }",
        "subscription { thing { ... @defer(if: false) { id } } }",
        "subscription($d: Boolean!) { thing { ... @defer(if: $d) { id } } }",
        "{ thing { ...F } } fragment F on Thing { ... @defer { id } }",
        "{ thing { ... @defer(label: null) { id } ... @defer(label: null) { name } } }",
        "subscription($s: Boolean!) { thing { ... @defer @skip(if: $s) { id } } }",
        "subscription($s: Boolean!) { thing { thing @include(if: $s) { ... @defer { id } } } }",
    ])
    func acceptsValidUsesOfDeferAndStream(text: String) throws {
        #expect(try errors(text) == [])
    }

    @Test(arguments: [
        (
            #"query($l: String) { thing { ... @defer(label: $l) { id } } }"#,
            [#"Argument "@defer(label:)" must be a static string."#]
        ),
        (
            #"{ thing { ... @defer(label: "a") { id } ... @defer(label: "a") { name } } }"#,
            [
                #"Value for arguments "defer(label:)" and "stream(label:)" must be unique across all Defer/Stream directive usages."#
            ]
        ),
        (
            "mutation { ... @defer { thing { id } } }",
            [#"Defer directive cannot be used on root mutation type "Mutation"."#]
        ),
        (
            "mutation { things @stream { id } }",
            [#"Stream directive cannot be used on root mutation type "Mutation"."#]
        ),
        (
            "subscription { thing { ... @defer @skip(if: false) { id } } }",
            [
                "Defer directive not supported on subscription operations. Disable `@defer` by setting the `if` argument to `false`."
            ]
        ),
        (
            "subscription { thing { ...F } } fragment F on Thing { names @stream }",
            [
                "Stream directive not supported on subscription operations. Disable `@stream` by setting the `if` argument to `false`."
            ]
        ),
        (
            "{ things { id } things @stream { id } }",
            [
                #"Fields "things" conflict because they have overlapping stream directives. Use different aliases on the fields to fetch both if this was intentional."#
            ]
        ),
        (
            "{ things @stream(initialCount: 1) { id } ... { things @stream(initialCount: 1) { name } } }",
            [
                #"Fields "things" conflict because they have overlapping stream directives. See https://github.com/graphql/defer-stream-wg/discussions/100. Use different aliases on the fields to fetch both if this was intentional."#
            ]
        ),
        (
            "mutation { ...F } fragment F on Mutation { ...G @defer } fragment G on Mutation { thing { id } }",
            [#"Defer directive cannot be used on root mutation type "Mutation"."#]
        ),
        (
            "{ thing { name @stream } }",
            [#"Directive "@stream" cannot be used on non-list field "Thing.name"."#]
        ),
    ])
    func rejectsInvalidUsesOfDeferAndStream(text: String, messages: [String]) throws {
        #expect(try errors(text) == messages)
    }
}
