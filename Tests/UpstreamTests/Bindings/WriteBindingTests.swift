import GraphQL
import JSON
import Testing

@testable import Upstream

/// Mistakes in the bindings of writes are reported with their locations.
@Suite struct WriteBindingTests {
    private static let rest = #"type A { id: ID } input I { a: String } type Query { a: A @rest(get: "/a") }"#

    @Test(arguments: [
        (
            #"type Query { a: A @rest(post: "/a") } type A { id: ID }"#,
            #"@rest(post:) of field "Query.a" changes something: only fields of the mutation type may."#
        ),
        (
            #"type Mutation { a: A @rest(post: "/a", put: "/a") } \#(rest)"#,
            #"@rest of field "Mutation.a" needs exactly one method."#
        ),
        (
            #"type Mutation { a(i: I): A @rest(patch: "/a", body: "input") } \#(rest)"#,
            #"The body of field "Mutation.a" is to be its argument "input", which it has not."#
        ),
        (
            #"type Mutation { a: [A] @rest(delete: "/a") } \#(rest)"#,
            #"@rest(delete:) of field "Mutation.a" needs an object type, not "[A]"."#
        ),
        (
            #"type Mutation { a: Int @rest(delete: "/a") } \#(rest)"#,
            #"@rest(delete:) of field "Mutation.a" needs an object type, not "Int"."#
        ),
        (
            #"type Mutation { a(x: Int @json(name: "z"), y: Int @json(name: "z")): A @rest(put: "/a/{z}") } \#(rest)"#,
            #"The arguments "x" and "y" of field "Mutation.a" are both "z" upstream."#
        ),
        (
            #"type Mutation { a: A @rest(put: "/a/{id}") } \#(rest)"#,
            #"The template "/a/{id}" of field "Mutation.a" names "id", which is no argument's upstream name."#
        ),
        (
            #"type Mutation { a: A @rest(put: "/a/{parent.id}") } \#(rest)"#,
            #"The template "/a/{parent.id}" of field "Mutation.a" names a parent, which root fields do not have."#
        ),
        (
            #"type Mutation { a: A @rest(put: "/a", by: "x") } \#(rest)"#,
            #"@rest(put:) of field "Mutation.a" has no use for `by`."#
        ),
        (
            #"type Query { a(input: Int): Int @rest(get: "/a", body: "input") }"#,
            #"@rest(get:) of field "Query.a" has no use for `body`."#
        ),
        (
            #"type Mutation { a: P @rest(put: "/a") } type P { a: A @written(view: "NONE") } \#(rest)"#,
            #"@written of field "P.a" has a view that is neither OBJECT nor KEY."#
        ),
        (
            #"type Mutation { a(input: J): A @rest(put: "/a") } input J { bC: Int b_c: I } \#(rest)"#,
            #""J.bC" and "J.b_c" are both "b_c" upstream, and are no objects to be merged."#
        ),
        (
            #"type Mutation { a(input: J): A @rest(put: "/a") } input J { k: [K] } input K { b: Int @self } \#(rest)"#,
            #"@self of "K.b" needs an input object or a scalar of any JSON."#
        ),
    ])
    func aWrongBindingIsReported(sdl: String, message: String) throws {
        #expect(try BoundSchema(sdl).errors.map(\.message) == [message])
    }

    @Test func inputTypesThatHoldThemselvesAreRead() throws {
        let bound = try BoundSchema(
            #"type Mutation { a(input: J): A @rest(put: "/a") } input J { j: J k: [J!] b: Int } \#(Self.rest)"#
        )
        #expect(bound.errors == [])
        let body = try #require((bound.binding("Mutation", "a") as? WriteBinding)?.body)
        let encoded = try body.encoding.encode(["j": ["j": ["b": 1]], "k": [["k": []]]])
        #expect(encoded == ["j": ["j": ["b": 1]], "k": [["k": []]]])
    }

    /// A POST below the path of an object does something with that one; any other makes a new one.
    @Test(
        arguments: [
            (#"done(id: ID!): A @rest(post: "/a/{id}/done")"#, "id"),
            (#"done(id: ID!): A @rest(post: "/a/{id}")"#, nil),
            (#"done(id: ID!): A @rest(post: "/a")"#, nil), (#"done(id: ID!): A @rest(post: "/b/{id}/done")"#, nil),
            (#"done(id: ID!): A @rest(patch: "/a/{id}")"#, "id"),
        ] as [(String, String?)]
    )
    func aPostBelowAnObjectChangesIt(field: String, argument: String?) throws {
        let bound = try BoundSchema(
            """
            type Query { a(id: ID!): A @rest(get: "/a/{id}") }
            type Mutation { \(field) }
            type A @entity(get: "/a/{id}", list: "/a") { id: ID! }
            """
        )
        #expect(bound.errors == [])
        let write = try #require(bound.binding("Mutation", "done") as? WriteBinding)
        #expect(write.keyArgument?.name == argument)
        #expect(write.onlyAdds == (write.method == .post && argument == nil))
    }
}
