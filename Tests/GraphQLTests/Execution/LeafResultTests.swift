import GraphQL
import JSON
import Testing

/// How scalars and enum values are written.
///
/// https://spec.graphql.org/September2025/#sec-Scalars.Result-Coercion-and-Serialization
@Suite struct LeafResultTests {
    private static let schema = """
        type Query { i: Int f: Float s: String b: Boolean id: ID e: E any: Any }
        enum E { ONE TWO }
        scalar Any
        """

    /// A field, the value in the data, and what the response has for it.
    static let written: [(String, String, String)] = [
        ("i", "1", "1"), ("i", "-0", "0"), ("i", "3.0", "3"), ("i", "2e3", "2000"), ("i", "2147483647", "2147483647"),
        ("i", "-7", "-7"), ("i", "0", "0"), ("i", "999999999", "999999999"), ("i", "-12345678", "-12345678"),
        ("i", "true", "1"), ("i", "false", "0"), ("i", #"" 12 ""#, "12"), ("i", #""0x1F""#, "31"), ("i", #"" ""#, "0"),
        ("f", "1", "1"), ("f", "1.50", "1.50"), ("f", "1e21", "1e21"), ("f", "-2.5E-3", "-2.5E-3"), ("f", "true", "1"),
        ("f", #""1.5""#, "1.5"), ("f", #"".5""#, "0.5"), ("f", #""5.""#, "5"), ("f", #""1e3""#, "1000"),
        ("s", #""a\u00e9\n""#, #""a\u00e9\n""#), ("s", "5", #""5""#), ("s", "1.50", #""1.50""#),
        ("s", "1604029199751626752", #""1604029199751626752""#),
        ("s", "true", #""true""#),
        ("s", "1e21", #""1e21""#), ("s", "1e400", #""1e400""#), ("b", "true", "true"), ("b", "0", "false"),
        ("b", "-0.0", "false"),
        ("b", "2.5", "true"),
        ("id", #""x""#, #""x""#), ("id", "5", #""5""#), ("id", "3.0", #""3""#),
        ("id", "9007199254740993.0", #""9007199254740993""#),
        ("id", "1e20", #""100000000000000000000""#),
        ("id", "12345678901234567890", #""12345678901234567890""#), ("e", #""TWO""#, #""TWO""#),
        ("any", #"{"a":[1, null]}"#, #"{"a":[1, null]}"#), ("any", "[1,[]]", "[1,[]]"), ("any", "1e400", "1e400"),
        ("any", "null", "null"),
    ]

    @Test(arguments: written)
    func aValueThatFitsIsWritten(field: String, value: String, expected: String) throws {
        let response = try ExecutedOperation("{ \(field) }", schema: Self.schema).response(
            to: #"{"\#(field)":\#(value)}"#
        )
        #expect(response == #"{"data":{"\#(field)":\#(expected)}}"#)
    }

    /// A field, the value in the data, and the message of the error.
    static let refused: [(String, String, String)] = [
        ("i", "1.5", "Int cannot represent non-integer value: 1.5"),
        ("i", #""""#, "Int cannot represent non-integer value: \"\""),
        ("i", #""12px""#, "Int cannot represent non-integer value: \"12px\""),
        ("i", #""-0x1""#, "Int cannot represent non-integer value: \"-0x1\""),
        ("i", #""Infinity""#, "Int cannot represent non-integer value: \"Infinity\""),
        ("i", "1e400", "Int cannot represent non-integer value: Infinity"),
        ("i", "2147483648", "Int cannot represent non 32-bit signed integer value: 2147483648"),
        ("i", "1e20", "Int cannot represent non 32-bit signed integer value: 100000000000000000000"),
        ("i", "{}", "Int cannot represent non-integer value: {}"),
        ("f", #""abc""#, "Float cannot represent non numeric value: \"abc\""),
        ("f", #""nan""#, "Float cannot represent non numeric value: \"nan\""),
        ("f", #""0x""#, "Float cannot represent non numeric value: \"0x\""),
        ("f", #""0b2""#, "Float cannot represent non numeric value: \"0b2\""),
        ("f", #""1e""#, "Float cannot represent non numeric value: \"1e\""),
        ("f", #"".""#, "Float cannot represent non numeric value: \".\""),
        ("f", #""1 2""#, "Float cannot represent non numeric value: \"1 2\""),
        ("f", "1e400", "Float cannot represent non numeric value: Infinity"),
        ("f", "-1e400", "Float cannot represent non numeric value: -Infinity"),
        ("f", "[]", "Float cannot represent non numeric value: []"),
        ("s", #"{"x":1}"#, "String cannot represent value: { x: 1 }"),
        ("b", #""true""#, "Boolean cannot represent a non boolean value: \"true\""),
        ("b", "1e400", "Boolean cannot represent a non boolean value: Infinity"),
        ("id", "1.5", "ID cannot represent value: 1.5"),
        ("id", "true", "ID cannot represent value: true"),
        ("id", "1e400", "ID cannot represent value: Infinity"),
        ("e", #""THREE""#, "Enum \"E\" cannot represent value: \"THREE\""),
        ("e", "1", "Enum \"E\" cannot represent value: 1"),
    ]

    @Test(arguments: refused)
    func aValueThatDoesNotFitFailsTheField(field: String, value: String, message: String) throws {
        let response = try ExecutedOperation("{ \(field) }", schema: Self.schema).response(
            to: #"{"\#(field)":\#(value)}"#
        )
        let expected: JSONValue = [
            "data": .object([field: nil]),
            "errors": [
                [
                    "message": .string(message), "locations": [["line": 1, "column": 3]],
                    "path": .array([.string(field)]),
                ]
            ],
        ]
        #expect(try JSONValue(parsing: response) == expected)
    }

    @Test func aNumberOfManyDigitsThatIsTooLargeForADoubleFails() throws {
        let digits = String(repeating: "9", count: 400)
        let response = try ExecutedOperation("{ f }", schema: Self.schema).response(to: #"{"f":\#(digits)}"#)
        #expect(
            response
                == #"{"data":{"f":null},"errors":[{"message":"Float cannot represent non numeric value: Infinity","locations":[{"line":1,"column":3}],"path":["f"]}]}"#
        )
    }
}
