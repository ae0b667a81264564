import GraphQL
import JSON
import Testing

@Suite struct LiteralCoercionTests {
    /// A type, a literal, and what it becomes; nil if it is none of the type.
    @Test(arguments: [
        ("Int", "1", "1"), ("Int", "1.0", nil), ("Int", "\"1\"", nil), ("Int", "2147483648", nil),
        ("Int", "-2147483648", "-2147483648"), ("Int", "99999999999999999999", nil), ("Int", "null", "null"),
        ("Float", "1", "1"), ("Float", "1.50", "1.50"), ("Float", "1e999", "1e999"), ("Float", "true", nil),
        ("String", "\"\"\"a\"\"\"", #""a""#), ("String", "a", nil), ("Boolean", "true", "true"), ("Boolean", "1", nil),
        ("ID", "007", nil), ("ID", "7", #""7""#), ("ID", "\"x\"", #""x""#), ("ID", "1.5", nil),
        ("ID", "12345678901234567890", #""12345678901234567890""#),
        ("Color", "RED", #""RED""#), ("Color", "\"RED\"", nil), ("Color", "PINK", nil),
        ("Int!", "null", nil), ("[Int!]", "[1, null]", nil), ("[Int]", "[1, null]", "[1,null]"), ("[Int]", "1", "[1]"),
        ("[[Int]]", "[1, [2]]", "[[1],[2]]"), ("[Int]", "[\"x\"]", nil),
        ("Point", "{x: 1}", #"{"x":1,"y":1.5,"color":"RED","tags":["a"]}"#), ("Point", "{}", nil), ("Point", "1", nil),
        ("Choice", "{a: 1}", #"{"a":1}"#), ("Choice", "{a: 1, b: \"x\"}", nil), ("Choice", "{a: null}", nil),
        ("Choice", "{}", nil), ("Choice", "{a: $unset, b: \"x\"}", #"{"b":"x"}"#), ("Choice", "{a: $null}", nil),
        ("Any", "{a: [1.50, E, true, \"s\"]}", #"{"a":[1.50,"E",true,"s"]}"#),
        ("Int", "$one", "1"), ("Int!", "$null", nil), ("Int", "$null", "null"), ("Int", "$unset", nil),
        ("[Int]", "[$unset, $one]", "[null,1]"), ("[Int!]", "[$unset]", nil), ("Query", "{a: 1}", nil),
    ])
    func literalsAreCoercedToTheirTypes(type: String, literal: String, expected: String?) throws {
        guard let node = try? ValueNode(parsing: Source(literal)) else {
            #expect(expected == nil)
            return
        }
        let schema = try CoercionSchema.schema()
        let type = try #require(schema.typeReference(of: try TypeNode(parsing: Source(type))))
        let variables = VariableValues(["one": .integer(1), "null": .null])
        #expect(valueFromAST(node, type: type, schema: schema, variables: variables)?.description == expected)
    }

    @Test(arguments: [
        ("Int", "\"x\"", #"Int cannot represent non-integer value: "x""#),
        ("Int", "2147483648", "Int cannot represent non 32-bit signed integer value: 2147483648"),
        ("Float", "[1]", "Float cannot represent non numeric value: [1]"),
        ("String", "1", "String cannot represent a non string value: 1"),
        ("Boolean", "E", "Boolean cannot represent a non boolean value: E"),
        ("ID", "{a: 1}", "ID cannot represent a non-string and non-integer value: {a: 1}"),
        (
            "Color", "\"RED\"",
            #"Enum "Color" cannot represent non-enum value: "RED". Did you mean the enum value "RED" or "GREEN"?"#
        ),
        (
            "Color", "GREY",
            #"Value "GREY" does not exist in "Color" enum. Did you mean the enum value "GREEN" or "RED"?"#
        ),
    ])
    func literalsOfOtherTypesAreRefusedWithAMessage(type: String, literal: String, message: String) throws {
        let type = try #require(try CoercionSchema.schema()[type])
        let literal = try ValueNode(parsing: Source(literal))
        #expect(throws: CoercionError(message)) { try type.coerceLeaf(literal) }
    }

    @Test func recursiveDefaultIsNullInside() throws {
        let document = try Document(parsing: Source("input I { a: I = {} b: Int = 1 } type Query { f: Int }"))
        let schema = SchemaBuilder(document: document).build()
        let field = try #require(schema["I"]?.inputFields["a"])
        #expect(schema.defaultValue(of: field)?.description == #"{"a":null,"b":1}"#)
    }

    /// A type, a coerced value, and the literal that means it; nil if it is none of the type.
    @Test(arguments: [
        ("Int", "1", "1"), ("Int", "1.5", nil), ("Int", "null", "null"), ("Int!", "null", nil), ("Float", "1.5", "1.5"),
        ("Float", "1e21", "1e+21"), ("String", #""1""#, #""1""#), ("String", #""a\nb""#, #""a\nb""#),
        ("ID", #""1""#, "1"), ("ID", #""01""#, #""01""#), ("ID", #""x""#, #""x""#), ("Boolean", "true", "true"),
        ("Color", #""RED""#, "RED"), ("Color", #""PINK""#, nil), ("[Int]", "[1,null]", "[1, null]"),
        ("[Int]", "1", "1"),
        ("[Color]", #"["RED","PINK"]"#, "[RED]"),
        ("Point", #"{"tags":["a"],"x":1,"z":2}"#, #"{x: 1, tags: ["a"]}"#), ("Point", "1", nil),
        ("Any", #"{"a":[1,"s",null,{}]}"#, #"{a: [1, "s", null, {}]}"#),
    ])
    func valuesBecomeTheLiteralsThatMeanThem(type: String, value: String, expected: String?) throws {
        let schema = try CoercionSchema.schema()
        let type = try #require(schema.typeReference(of: try TypeNode(parsing: Source(type))))
        #expect(astFromValue(try CoercionSchema.json(value), type: type, schema: schema)?.text == expected)
    }
}
