import JSON
import TestSupport

/// Random values and texts for properties.
struct RandomJSON {
    private var generator: SeededGenerator

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    mutating func value(depth: Int = 4) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .integer(integer())
        case 3: return JSONNumber(double()).map { .number($0) } ?? .null
        case 4, 5: return .string(string())
        case 6: return .array((0..<size()).map { _ in value(depth: depth - 1) })
        default:
            var object = JSONObject()
            for _ in 0..<size() { object[string()] = value(depth: depth - 1) }
            return .object(object)
        }
    }

    mutating func integer() -> Int {
        Int.random(in: .min ... .max, using: &generator) >> Int.random(in: 0..<64, using: &generator)
    }

    mutating func double() -> Double {
        let value = Double(bitPattern: generator.next())
        return value.isFinite ? value : 0.5
    }

    /// A string of scalars of every length in UTF-8, and of those that need an escape.
    mutating func string() -> String {
        var string = String.UnicodeScalarView()
        for _ in 0..<size() * 3 {
            let ranges: [ClosedRange<UInt32>] = [
                0x61...0x7A, 0x61...0x7A, 0...0x1F, 0x22...0x22, 0x5C...0x5C, 0x7F...0x7FF, 0x800...0xD7FF,
                0xE000...0xFFFF,
                0x10000...0x10FFFF,
            ]
            let range = ranges[Int.random(in: 0..<ranges.count, using: &generator)]
            if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) { string.append(scalar) }
        }
        return String(string)
    }

    /// The text of a value with random white space, and escapes where none are needed.
    mutating func text(of value: JSONValue) -> String {
        switch value {
        case .null, .bool, .number: return space() + value.description + space()
        case .string(let string): return space() + text(of: string) + space()
        case .array(let elements):
            return space() + "[" + space() + elements.map { text(of: $0) }.joined(separator: ",") + "]" + space()
        case .object(let object):
            let members = object.map { space() + text(of: $0) + space() + ":" + text(of: $1) }
            return space() + "{" + space() + members.joined(separator: ",") + "}" + space()
        }
    }

    private mutating func text(of string: String) -> String {
        var text = "\""
        for scalar in string.unicodeScalars {
            let mustEscape = scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
            guard mustEscape || Int.random(in: 0..<4, using: &generator) == 0 else {
                text.unicodeScalars.append(scalar)
                continue
            }
            for unit in String(scalar).utf16 {
                let digits = String(unit, radix: 16, uppercase: Bool.random(using: &generator))
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return text + "\""
    }

    private mutating func space() -> String {
        let choices = ["", "", "", " ", "\n  ", "\t", "\r\n", "            "]
        return choices[Int.random(in: 0..<choices.count, using: &generator)]
    }

    private mutating func size() -> Int {
        Int.random(in: 0..<6, using: &generator)
    }
}
