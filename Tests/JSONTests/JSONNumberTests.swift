import JSON
import Testing

@Suite struct JSONNumberTests {
    @Test(
        arguments: [
            ("0", 0), ("-0", 0), ("7", 7), ("-7", -7), ("9223372036854775807", .max), ("-9223372036854775808", .min),
            ("9223372036854775808", nil), ("-9223372036854775809", nil), ("3.0", 3), ("3e0", 3), ("-3.00", -3),
            ("30e-1", 3),
            ("3e2", 300), ("1.5e1", 15), ("1.25e2", 125), ("1.5", nil), ("1e-1", nil), ("0.0", 0), ("0e99", 0),
            ("-0.0", 0),
            ("0e99999999999999999999", 0), ("1e18", 1_000_000_000_000_000_000), ("1e19", nil),
            ("1e999999999999999999999", nil),
            ("1e-999999999999999999999", nil), ("9223372036854775807.0", .max), ("9223372036854775808.0", nil),
            ("92233720368547758070e-1", .max), ("1000000000000000000000e-21", 1), ("1e9223372036854775807", nil),
            ("0.1e9223372036854775807", nil), ("1e-9223372036854775808", nil), ("0.1e-9223372036854775808", nil),
        ] as [(String, Int?)]
    )
    func readsWholeValuesHoweverWritten(_ text: String, value: Int?) throws {
        let number = try #require(JSONNumber(text: text))
        #expect(number.intValue == value)
        #expect(number.text == text)
    }

    @Test(
        arguments: [
            ("0", 0), ("-0", -0.0), ("0.1", 0.1), ("1e308", 1e308), ("1e309", nil), ("-1e309", nil), ("1e-400", 0),
            ("123456789012345678901234567890", 123_456_789_012_345_677_877_719_597_056), ("1.5E+3", 1500),
        ] as [(String, Double?)]
    )
    func readsDoublesWithinTheirRange(_ text: String, value: Double?) throws {
        #expect(try #require(JSONNumber(text: text)).doubleValue == value)
    }

    @Test(arguments: ["", " 1", "1 ", "+1", "1.", "01", "0x1", "NaN", "null", "\"1\"", "[1]", "1,2"])
    func refusesTextsThatAreNoNumbers(_ text: String) {
        #expect(JSONNumber(text: text) == nil)
    }

    @Test(
        arguments: [
            (0, "0"), (-0.0, "0"), (1, "1"), (-1.5, "-1.5"), (0.1, "0.1"), (100, "100"), (1e15, "1000000000000000"),
            (1e16, "10000000000000000"), (123_456_789_012_345_680, "123456789012345680"),
            (1e20, "100000000000000000000"),
            (1e21, "1e+21"), (1.5e21, "1.5e+21"), (1.2345e22, "1.2345e+22"), (0.001, "0.001"), (0.00012, "0.00012"),
            (0.000001, "0.000001"), (0.0000012, "0.0000012"), (1e-7, "1e-7"), (1.5e-7, "1.5e-7"), (-1e-7, "-1e-7"),
            (5e-7, "5e-7"), (Double.leastNonzeroMagnitude, "5e-324"),
            (.greatestFiniteMagnitude, "1.7976931348623157e+308"),
            (9_007_199_254_740_992, "9007199254740992"), (1234567.125, "1234567.125"),
            (0.1 + 0.2, "0.30000000000000004"),
            (-1e21, "-1e+21"), (123e-20, "1.23e-18"),
        ] as [(Double, String)]
    )
    func writesDoublesAsECMAScriptDoes(_ value: Double, text: String) {
        var output = OutputBuffer()
        output.append(double: value)
        #expect(String(decoding: output.array(), as: UTF8.self) == text)
        #expect(JSONNumber(value)?.text == text)
        #expect(JSONNumber(value)?.isInteger == !text.contains { ".e".contains($0) })
    }

    @Test func writesNullForWhatIsNoNumber() {
        for value in [Double.nan, .infinity, -.infinity] {
            var output = OutputBuffer()
            output.append(double: value)
            #expect(output.array() == Array("null".utf8))
            #expect(JSONNumber(value) == nil)
        }
    }

    @Test func writesDoublesThatReadBackAsTheSame() {
        var random = RandomJSON(seed: 7)
        for _ in 0..<5000 {
            let value = random.double()
            #expect(JSONNumber(value)?.doubleValue == value)
            #expect(JSONNumber(value).flatMap { JSONNumber(text: $0.text) } == JSONNumber(value))
        }
    }

    @Test func writesIntegers() {
        var random = RandomJSON(seed: 8)
        let values = [0, 1, -1, 9, 10, 99, 100, .max, .min, -10] + (0..<2000).map { _ in random.integer() }
        for value in values {
            var output = OutputBuffer(minimumCapacity: 0)
            output.append(integer: value)
            #expect(String(decoding: output.array(), as: UTF8.self) == String(value))
        }
    }

    @Test func echoesLongNumbersUnchanged() throws {
        let text = "[123456789012345678901234567890,1.10,1E5,-0.0]"
        #expect(try JSONValue(parsing: text).serialized() == Array(text.utf8))
    }

    @Test func recognizesIntegersByTheirText() throws {
        let document = try JSONDocument(parsing: Array("[1,-1,1.0,1e2,1E2]".utf8))
        #expect(
            document.elements(of: 0).map { document.kind(of: $0) } == [.integer, .integer, .number, .number, .number]
        )
        #expect(
            document.elements(of: 0).map { document.numberValue(of: $0)?.isInteger } == [
                true, true, false, false, false,
            ]
        )
    }
}
