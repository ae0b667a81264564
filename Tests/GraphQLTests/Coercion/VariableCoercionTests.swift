import GraphQL
import JSON
import Testing

@Suite struct VariableCoercionTests {
    /// A variable's definition, the request's variables, and what they become.
    @Test(arguments: [
        ("$v: Int", "{}", "{}"),
        ("$v: Int", #"{"v":null}"#, #"{"v":null}"#),
        ("$v: Int = 3", "{}", #"{"v":3}"#),
        ("$v: Int = 3", #"{"v":null}"#, #"{"v":null}"#),
        ("$v: Int!", #"{"v":3.0}"#, #"{"v":3}"#),
        ("$v: Int", #"{"v":-0}"#, #"{"v":0}"#),
        ("$v: Int", #"{"v":2147483647}"#, #"{"v":2147483647}"#),
        ("$v: Int", #"{"v":1e3}"#, #"{"v":1000}"#),
        ("$v: Float", #"{"v":3}"#, #"{"v":3}"#),
        ("$v: Float", #"{"v":1.50}"#, #"{"v":1.50}"#),
        ("$v: Float", #"{"v":1604029199751626752}"#, #"{"v":1604029199751626752}"#),
        ("$v: ID", #"{"v":7}"#, #"{"v":"7"}"#),
        ("$v: ID", #"{"v":7.0}"#, #"{"v":"7"}"#),
        ("$v: ID", #"{"v":12345678901234567890}"#, #"{"v":"12345678901234567890"}"#),
        ("$v: ID", #"{"v":"x"}"#, #"{"v":"x"}"#),
        ("$v: Boolean", #"{"v":false}"#, #"{"v":false}"#),
        ("$v: Color", #"{"v":"BLUE"}"#, #"{"v":"BLUE"}"#),
        (
            "$v: Any", #"{"v":{"b":[1.50,null],"a":10000000000000000000001}}"#,
            #"{"v":{"b":[1.50,null],"a":10000000000000000000001}}"#
        ),
        ("$v: [Int!]", #"{"v":1}"#, #"{"v":[1]}"#),
        ("$v: [[Int]]", #"{"v":[1,[2,null],null]}"#, #"{"v":[[1],[2,null],null]}"#),
        ("$v: [Int]", #"{"v":null}"#, #"{"v":null}"#),
        ("$v: Point", #"{"v":{"x":1}}"#, #"{"v":{"x":1,"y":1.5,"color":"RED","tags":["a"]}}"#),
        ("$v: Point", #"{"v":{"tags":"b","y":null,"x":1}}"#, #"{"v":{"x":1,"y":null,"color":"RED","tags":["b"]}}"#),
        (
            "$v: Line", #"{"v":{}}"#,
            #"{"v":{"to":{"x":3,"y":1.5,"color":"RED","tags":["a"]},"points":[{"x":1,"y":2,"color":"RED","tags":["a"]}]}}"#
        ),
        ("$v: Choice", #"{"v":{"b":"x"}}"#, #"{"v":{"b":"x"}}"#),
        ("$v: Int, $w: Int = 2", #"{"v":1,"unused":0}"#, #"{"v":1,"w":2}"#),
    ])
    func valuesAreCoercedToTheirTypes(definitions: String, inputs: String, expected: String) throws {
        guard case .values(let values) = try coerce(definitions, inputs) else {
            Issue.record("The variables were refused: \(try coerce(definitions, inputs))")
            return
        }
        #expect(JSONValue.object(values.values).description == expected)
    }

    /// A variable's type, its value, and what is said of it.
    @Test(arguments: [
        ("Int", "1.5", #"got invalid value 1.5; Int cannot represent non-integer value: 1.5"#),
        ("Int", #""1""#, #"got invalid value "1"; Int cannot represent non-integer value: "1""#),
        ("Int", "1e400", "got invalid value Infinity; Int cannot represent non-integer value: Infinity"),
        (
            "Int", "2147483648",
            "got invalid value 2147483648; Int cannot represent non 32-bit signed integer value: 2147483648"
        ),
        ("Int", "-1e21", "got invalid value -1e+21; Int cannot represent non 32-bit signed integer value: -1e+21"),
        ("Int", "true", "got invalid value true; Int cannot represent non-integer value: true"),
        ("Float", #""1""#, #"got invalid value "1"; Float cannot represent non numeric value: "1""#),
        ("Float", "-1e400", "got invalid value -Infinity; Float cannot represent non numeric value: -Infinity"),
        ("String", "1", "got invalid value 1; String cannot represent a non string value: 1"),
        ("String", "[]", "got invalid value []; String cannot represent a non string value: []"),
        ("Boolean", "1", "got invalid value 1; Boolean cannot represent a non boolean value: 1"),
        ("ID", "1.5", "got invalid value 1.5; ID cannot represent value: 1.5"),
        ("ID", "{}", "got invalid value {}; ID cannot represent value: {}"),
        ("Color", #""PINK""#, #"got invalid value "PINK"; Value "PINK" does not exist in "Color" enum."#),
        (
            "Color", #""red""#,
            #"got invalid value "red"; Value "red" does not exist in "Color" enum. Did you mean the enum value "RED"?"#
        ),
        ("Color", "1", #"got invalid value 1; Enum "Color" cannot represent non-string value: 1."#),
        ("Int!", "null", #"of non-null type "Int!" must not be null."#),
        ("[Int!]", "[1,null]", #"got invalid value null at "v[1]"; Expected non-nullable type "Int!" not to be null."#),
        (
            "[[Int]]", #"[[1],["x"]]"#,
            #"got invalid value "x" at "v[1][0]"; Int cannot represent non-integer value: "x""#
        ),
        ("Point", "1", #"got invalid value 1; Expected type "Point" to be an object."#),
        ("Point", "{}", #"got invalid value {}; Field "x" of required type "Int!" was not provided."#),
        (
            "Point", #"{"x":null}"#,
            #"got invalid value null at "v.x"; Expected non-nullable type "Int!" not to be null."#
        ),
        (
            "Point", #"{"x":1,"X":2}"#,
            #"got invalid value { x: 1, X: 2 }; Field "X" is not defined by type "Point". Did you mean "x" or "y"?"#
        ),
        (
            "Line", #"{"points":[{"x":1},{"x":"y"}]}"#,
            #"got invalid value "y" at "v.points[1].x"; Int cannot represent non-integer value: "y""#
        ),
        ("Choice", "{}", #"got invalid value {}; Exactly one key must be specified for OneOf type "Choice"."#),
        (
            "Choice", #"{"b":"x","a":1}"#,
            #"got invalid value { b: "x", a: 1 }; Exactly one key must be specified for OneOf type "Choice"."#
        ),
        ("Choice", #"{"a":null}"#, #"got invalid value null at "v.a"; Field "a" must be non-null."#),
        ("Choice", #"{"a":"x"}"#, #"got invalid value "x" at "v.a"; Int cannot represent non-integer value: "x""#),
    ])
    func valuesOfOtherTypesAreRefused(type: String, value: String, reason: String) throws {
        let expected = GraphQLError("Variable \"$v\" \(reason)", locations: [SourceLocation(line: 2, column: 3)])
        #expect(try coerce("\n  $v: \(type)", "{\"v\":\(value)}") == .errors([expected]))
    }

    @Test func everythingThatIsWrongIsReportedInOrder() throws {
        let messages = try errors(
            "$a: Int!, $b: Nothing, $c: Query, $d: Choice, $e: [Point]",
            #"{"d":{"a":null,"b":null,"z":1},"e":[{"y":"z"},7]}"#
        ).map(\.message)
        #expect(
            messages == [
                #"Variable "$a" of required type "Int!" was not provided."#,
                #"Variable "$b" expected value of type "Nothing" which cannot be used as an input type."#,
                #"Variable "$c" expected value of type "Query" which cannot be used as an input type."#,
                #"Variable "$d" got invalid value { a: null, b: null, z: 1 }; Field "z" is not defined by type "Choice"."#
                    + #" Did you mean "a", "b", or "c"?"#,
                #"Variable "$d" got invalid value { a: null, b: null, z: 1 };"#
                    + #" Exactly one key must be specified for OneOf type "Choice"."#,
                #"Variable "$d" got invalid value null at "d.a"; Field "a" must be non-null."#,
                #"Variable "$e" got invalid value { y: "z" } at "e[0]"; Field "x" of required type "Int!" was not provided."#,
                #"Variable "$e" got invalid value "z" at "e[0].y"; Float cannot represent non numeric value: "z""#,
                #"Variable "$e" got invalid value 7 at "e[1]"; Expected type "Point" to be an object."#,
            ]
        )
    }

    @Test func outputTypeOfAVariableIsRefusedWithItsLocation() throws {
        let expected = GraphQLError(
            #"Variable "$v" expected value of type "[Query]!" which cannot be used as an input type."#,
            locations: [SourceLocation(line: 1, column: 12)]
        )
        #expect(try coerce("$v: [Query]!", "{}") == .errors([expected]))
    }

    @Test func listIsRefusedForAnInputObject() throws {
        let messages = try errors("$v: Needy", #"{"v":[1]}"#).map(\.message)
        #expect(messages == [#"Variable "$v" got invalid value [1]; Expected type "Needy" to be an object."#])
    }

    @Test func errorsEndAtTheirLimit() throws {
        let wrong = "{\"v\":[\(String(repeating: "\"x\",", count: 99))\"x\"],\"w\":\"y\"}"
        let errors = try errors("$v: [Int], $w: Int", wrong)
        #expect(errors.count == 51)
        #expect(errors[49].message.contains("at \"v[49]\""))
        #expect(
            errors[50]
                == GraphQLError("Too many errors processing variables, error limit reached. Execution aborted.")
        )
    }

    @Test func exactlyAsManyErrorsAsAllowedAreAllReported() throws {
        let wrong = "{\"v\":[\(String(repeating: "\"x\",", count: 49))\"x\"]}"
        #expect(try errors("$v: [Int]", wrong).count == 50)
    }

    @Test func namesThatMerelyLookTheSameAreOtherNames() throws {
        // U+212A, the Kelvin sign, is canonically equivalent to K.
        let kelvin = "\u{212A}"
        let schema = SchemaBuilder(
            document: try Document(parsing: Source("enum E { K } input I { K: Int } type Query { a: Int }"))
        ).build()
        let source = Source("query ($e: E, $i: I) { a }")
        let inputs: JSONObject = ["e": .string(kelvin), "i": .object(JSONObject([(kelvin, .integer(1))]))]
        guard case .operation(let operation) = try Document(parsing: source).definitions[0],
            case .errors(let errors) = coerceVariableValues(operation, inputs: inputs, schema: schema, source: source)
        else {
            Issue.record("The variables were accepted.")
            return
        }
        #expect(errors.count == 2)
    }

    private func coerce(_ definitions: String, _ inputs: String) throws -> CoercedVariables {
        let source = Source("query (\(definitions)) { f }")
        guard case .operation(let operation) = try Document(parsing: source).definitions[0] else {
            return .errors([])
        }
        let inputs = try #require(try CoercionSchema.json(inputs).objectValue)
        return coerceVariableValues(operation, inputs: inputs, schema: try CoercionSchema.schema(), source: source)
    }

    private func errors(_ definitions: String, _ inputs: String) throws -> [GraphQLError] {
        if case .errors(let errors) = try coerce(definitions, inputs) { errors } else { [] }
    }
}
