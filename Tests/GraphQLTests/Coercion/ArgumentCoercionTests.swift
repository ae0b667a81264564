import GraphQL
import JSON
import Testing

@Suite struct ArgumentCoercionTests {
    static let definitions = "a: Int, b: Int = 2, c: Int!, d: [Int] = 4, e: Int! = 5, f: Line"

    /// A field with arguments, the variables, and what the arguments become.
    @Test(arguments: [
        ("f(c: 1)", "{}", #"{"b":2,"c":1,"d":[4],"e":5}"#),
        ("f(c: 1, a: null, b: null)", "{}", #"{"a":null,"b":null,"c":1,"d":[4],"e":5}"#),
        ("f(c: $v, a: $v)", #"{"v":7}"#, #"{"a":7,"b":2,"c":7,"d":[4],"e":5}"#),
        ("f(c: 1, a: $v, b: $v, e: $v)", "{}", #"{"b":2,"c":1,"d":[4],"e":5}"#),
        ("f(c: 1, a: $v)", #"{"v":null}"#, #"{"a":null,"b":2,"c":1,"d":[4],"e":5}"#),
        ("f(c: 1, d: [$v, 2])", "{}", #"{"b":2,"c":1,"d":[null,2],"e":5}"#),
        ("f(c: 1, d: 9)", "{}", #"{"b":2,"c":1,"d":[9],"e":5}"#),
        (
            "f(c: 1, f: {id: 3, from: {x: $v, y: $w}, any: {k: [$v, $w, E]}, points: []})", #"{"v":7}"#,
            #"{"b":2,"c":1,"d":[4],"e":5,"f":{"from":{"x":7,"y":1.5,"color":"RED","tags":["a"]},"#
                + #""to":{"x":3,"y":1.5,"color":"RED","tags":["a"]},"id":"3","points":[],"any":{"k":[7,null,"E"]}}}"#
        ),
    ])
    func argumentsAreCoercedAndDefaultsFilledIn(field: String, variables: String, expected: String) throws {
        #expect(try coerce(field, variables).map { JSONValue.object($0).description } == .success(expected))
    }

    @Test(arguments: [
        ("f", "{}", #"Argument "c" of required type "Int!" was not provided."#, 1),
        ("f(c: null)", "{}", #"Argument "c" of non-null type "Int!" must not be null."#, 6),
        (
            "f(c: $v)", "{}",
            #"Argument "c" of required type "Int!" was provided the variable "$v" which was not provided a runtime value."#,
            6
        ),
        ("f(c: $v)", #"{"v":null}"#, #"Argument "c" of non-null type "Int!" must not be null."#, 6),
        ("f(c: 1, e: null)", "{}", #"Argument "e" of non-null type "Int!" must not be null."#, 12),
        ("f(c: \"x\")", "{}", #"Argument "c" has invalid value "x"."#, 6),
        ("f(a: 2147483648, c: 1)", "{}", #"Argument "a" has invalid value 2147483648."#, 6),
        ("f(c: 1, f: {from: {y: 1}})", "{}", #"Argument "f" has invalid value {from: {y: 1}}."#, 12),
        ("f(c: 1, f: {from: {x: $v}})", "{}", #"Argument "f" has invalid value {from: {x: $v}}."#, 12),
    ])
    func theFirstArgumentThatCannotBeCoercedIsReported(
        field: String,
        variables: String,
        message: String,
        column: Int
    ) throws {
        let expected = GraphQLError(message, locations: [SourceLocation(line: 2, column: column)])
        #expect(try coerce(field, variables) == .failure(expected))
    }

    private func coerce(_ field: String, _ variables: String) throws -> Result<JSONObject, GraphQLError> {
        let source = Source("{\n\(field)\n}")
        let schema = try CoercionSchema.schema(arguments: Self.definitions)
        let definition = try #require(schema["Query"]?.fields["f"])
        guard case .operation(let operation) = try Document(parsing: source).definitions[0],
            case .field(let node) = operation.selectionSet.selections[0]
        else { return .success([:]) }
        return coerceArgumentValues(
            definition.arguments,
            arguments: node.arguments,
            on: node.range,
            variables: VariableValues(try CoercionSchema.json(variables).objectValue ?? [:]),
            schema: schema,
            source: source
        )
    }
}
