import GraphQL
import JSON
import Testing

/// How the concrete type of a value is resolved.
///
/// https://spec.graphql.org/September2025/#ResolveAbstractType()
@Suite struct AbstractTypeTests {
    private static let schema = """
        interface Node { id: ID }
        interface Named implements Node { id: ID name: String }
        type Query { node: Node thing: Thing other: Int }
        type A implements Named & Node { id: ID name: String }
        type B implements Node { id: ID }
        type C { id: ID }
        union Thing = A | C
        enum E { ONE }
        """

    private static func error(_ message: String, field: String) -> JSONValue {
        ["message": .string(message), "locations": [["line": 1, "column": 3]], "path": .array([.string(field)])]
    }

    private static let hint =
        #"Either the "Node" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function."#

    /// A value of the field `node`, and the message of its error.
    static let wrong: [(String, String)] = [
        ("{}", #"Abstract type "Node" must resolve to an Object type at runtime for field "Query.node". \#(hint)"#),
        ("5", #"Abstract type "Node" must resolve to an Object type at runtime for field "Query.node". \#(hint)"#),
        (
            #"{"__typename":null}"#,
            #"Abstract type "Node" must resolve to an Object type at runtime for field "Query.node". \#(hint)"#
        ),
        (
            #"{"__typename":7,"id":"x"}"#,
            #"Abstract type "Node" must resolve to an Object type at runtime for field "Query.node" with value { __typename: 7, id: "x" }, received "7"."#
        ),
        (
            #"{"__typename":"Nope"}"#,
            #"Abstract type "Node" was resolved to a type "Nope" that does not exist inside the schema."#
        ),
        (#"{"__typename":"E"}"#, #"Abstract type "Node" was resolved to a non-object type "E"."#),
        (#"{"__typename":"Named"}"#, #"Abstract type "Node" was resolved to a non-object type "Named"."#),
        (#"{"__typename":"C"}"#, #"Runtime Object type "C" is not a possible type for "Node"."#),
    ]

    @Test(arguments: wrong)
    func anUnresolvedTypeFailsTheField(value: String, message: String) throws {
        let response = try ExecutedOperation("{ node { id } other }", schema: Self.schema)
            .response(to: #"{"node":\#(value),"other":1}"#)
        let expected: JSONValue = [
            "data": ["node": nil, "other": 1], "errors": [Self.error(message, field: "node")],
        ]
        #expect(try JSONValue(parsing: response) == expected)
    }

    static let found = [
        ExecutionCase(
            "{ node { __typename id ... on Named { name } } }",
            on: #"{"node":{"__typename":"A","id":1,"name":"x"}}"#,
            gives: #"{"data":{"node":{"__typename":"A","id":"1","name":"x"}}}"#
        ),
        ExecutionCase(
            "{ node { __typename id ... on Named { name } } }",
            on: #"{"node":{"id":1,"name":"x","__typename":"B"}}"#,
            gives: #"{"data":{"node":{"__typename":"B","id":"1"}}}"#
        ),
        ExecutionCase(
            "{ thing { ... on Node { id } ... on C { c: id } } }",
            on: #"{"thing":{"__typename":"C","id":"c"}}"#,
            gives: #"{"data":{"thing":{"c":"c"}}}"#
        ),
        // The type of an object type's value needs no telling.
        ExecutionCase("{ __typename }", on: #"{"__typename":"Nope"}"#, gives: #"{"data":{"__typename":"Query"}}"#),
    ]

    @Test(arguments: found)
    func theDataDeterminesTheConcreteType(entry: ExecutionCase) throws {
        try entry.check(schema: Self.schema)
    }

    @Test func aBindingSpellsTypesAndEnumValuesItsOwnWay() throws {
        let schema =
            "type Query { n: N e: E } interface N { a: Int } type Cat implements N { a: Int } enum E { BIG SMALL }"
        let operation = try ExecutedOperation("{ n { __typename a } e }", schema: schema, binding: Spelling())
        #expect(
            try operation.response(to: #"{"n":{"kind":"cat!","a":1},"e":"big!"}"#)
                == #"{"data":{"n":{"__typename":"Cat","a":1},"e":"BIG"}}"#
        )
        #expect(
            try operation.response(to: #"{"n":[1],"e":"BIG"}"#)
                == #"{"data":{"n":null,"e":null},"errors":[{"message":"Expected an object for field \"Query.n\".","locations":[{"line":1,"column":3}],"path":["n"]},{"message":"Enum \"E\" cannot represent value: \"BIG\"","locations":[{"line":1,"column":22}],"path":["e"]}]}"#
        )
    }

    /// Lower case and an exclamation mark, in the member `kind`.
    private struct Spelling: FieldBinding {
        let strictness = Strictness.upstream

        func source(of field: FieldDefinition, on type: NamedType) -> FieldSource { .member(JSONKey(field.name)) }
        func spelling(of value: EnumValueDefinition, in type: NamedType) -> String { value.name.lowercased() + "!" }
        func discriminator(of type: NamedType) -> JSONKey { "kind" }
        func spelling(of objectType: NamedType) -> String { objectType.name.lowercased() + "!" }
    }
}
