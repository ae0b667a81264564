import GraphQL
import Testing

@Suite struct IntrospectionTypesTests {
    /// Field by field, as the specification and graphql-js 16 have them.
    @Test(arguments: [
        (
            "__Schema",
            "description: String, types: [__Type!]!, queryType: __Type!, mutationType: __Type, "
                + "subscriptionType: __Type, directives: [__Directive!]!"
        ),
        (
            "__Type",
            "kind: __TypeKind!, name: String, description: String, specifiedByURL: String, "
                + "fields(includeDeprecated: Boolean! = false): [__Field!], interfaces: [__Type!], "
                + "possibleTypes: [__Type!], enumValues(includeDeprecated: Boolean! = false): [__EnumValue!], "
                + "inputFields(includeDeprecated: Boolean! = false): [__InputValue!], ofType: __Type, isOneOf: Boolean"
        ),
        (
            "__Field",
            "name: String!, description: String, args(includeDeprecated: Boolean! = false): [__InputValue!]!, "
                + "type: __Type!, isDeprecated: Boolean!, deprecationReason: String"
        ),
        (
            "__InputValue",
            "name: String!, description: String, type: __Type!, defaultValue: String, isDeprecated: Boolean!, "
                + "deprecationReason: String"
        ),
        ("__EnumValue", "name: String!, description: String, isDeprecated: Boolean!, deprecationReason: String"),
        (
            "__Directive",
            "name: String!, description: String, isRepeatable: Boolean!, locations: [__DirectiveLocation!]!, "
                + "args(includeDeprecated: Boolean! = false): [__InputValue!]!"
        ),
    ])
    func objectsHaveTheirFields(name: String, fields: String) throws {
        let schema = try Schema(sdl: Source("type Query { a: Int }"))
        let type = try #require(schema[name])
        let text = type.fields.map { field in
            let arguments = field.arguments.map { argument in
                "\(argument.name): \(schema.text(of: argument.type)) = \(schema.defaultLiteral(of: argument)?.text ?? "")"
            }
            let list = arguments.isEmpty ? "" : "(\(arguments.joined(separator: ", ")))"
            return "\(field.name)\(list): \(schema.text(of: field.type))"
        }
        #expect(text.joined(separator: ", ") == fields)
    }

    @Test func enumsHaveTheirValues() throws {
        let schema = try Schema(sdl: Source("type Query { a: Int }"))
        #expect(
            schema["__TypeKind"]?.values.names == [
                "SCALAR", "OBJECT", "INTERFACE", "UNION", "ENUM", "INPUT_OBJECT", "LIST", "NON_NULL",
            ]
        )
        #expect(schema["__DirectiveLocation"]?.values.names == DirectiveLocation.allCases.map(\.rawValue))
    }

    @Test func everyCompositeTypeHasTypenameAndOnlyTheQueryTypeHasTheSchema() throws {
        let schema = try Schema(sdl: Source("type Query { u: U e: E } type T { a: Int } union U = T enum E { A }"))
        let known = try ["Query", "T", "U", "E", "__Type"].map { name in
            let type = try #require(schema[name])
            return ["__typename", "__schema", "__type"].filter { schema.field(named: $0, on: type) != nil }
        }
        let all = ["__typename", "__schema", "__type"]
        #expect(known == [all, ["__typename"], ["__typename"], [], ["__typename"]])
    }
}
