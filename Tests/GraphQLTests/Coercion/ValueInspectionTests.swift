import GraphQL
import JSON
import Testing

@Suite struct ValueInspectionTests {
    @Test(arguments: [
        ("null", "null"), ("true", "true"), ("1.0", "1"), ("-0", "0"), ("1e21", "1e+21"), ("0.0000001", "1e-7"),
        ("12345678901234567890", "12345678901234567000"), ("1e400", "Infinity"), ("-1e400", "-Infinity"),
        (#""a\"b\n\u0001é""#, #""a\"b\n\u0001é""#), ("[]", "[]"), ("{}", "{}"),
        ("[1,[2,[3],[]],{}]", "[1, [2, [Array], []], {}]"),
        (#"{"a":{"b":{"c":1}},"d e":[{"f":{}}]}"#, "{ a: { b: [Object] }, d e: [[Object]] }"),
        ("[1,2,3,4,5,6,7,8,9,10]", "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]"),
        ("[1,2,3,4,5,6,7,8,9,10,11]", "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ... 1 more item]"),
        ("[1,2,3,4,5,6,7,8,9,10,11,12]", "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ... 2 more items]"),
    ])
    func valuesAreShownLikeJavaScript(json: String, shown: String) throws {
        #expect(inspect(try CoercionSchema.json(json)) == shown)
    }

    @Test func longValuesAreCutOff() {
        let long = JSONValue.string(String(repeating: "é", count: 1_000_000))
        #expect(inspect(long).utf8.count < 10_000)
        let wide = JSONValue.object(JSONObject((0..<100_000).map { ("key\($0)", .integer($0)) }))
        #expect(inspect(wide).utf8.count < 10_000)
        #expect(inspect(wide).hasSuffix(", … }"))
    }
}
