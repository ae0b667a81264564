internal import JSON

/// The values of one member in the samples.
struct SampledField: Sendable {
    /// The kind of a value, as far as types depend on it.
    enum Kind: String, CaseIterable {
        case int = "Int"
        case float = "Float"
        case boolean = "Boolean"
        case string = "String"
        case strings = "list of strings"
        case emptyList = "empty list"
        case list = "other list"
        case object = "object"
        /// A number that neither Int nor Float holds exactly.
        case number = "number beyond Float"
        case null = "null"

        init(_ value: JSONValue) {
            switch value {
            case .null: self = .null
            case .bool: self = .boolean
            case .string: self = .string
            case .object: self = .object
            case .array(let items):
                self = items.isEmpty ? .emptyList : items.allSatisfy { $0.stringValue != nil } ? .strings : .list
            case .number(let number): self = Self(number)
            }
        }

        private init(_ number: JSONNumber) {
            // Int has 32 bits; Float, a double, holds whole numbers up to 2^53 exactly.
            if let whole = number.intValue {
                self = Int32(exactly: whole) != nil ? .int : whole.magnitude <= 1 << 53 ? .float : .number
            } else {
                self = number.isInteger || number.doubleValue == nil ? .number : .float
            }
        }
    }

    /// The type that fits all values.
    enum Inference: Equatable {
        /// A type of the specification, or a list of one.
        case type(String)
        /// Any JSON: values of several types, or of one that has no name.
        case any
        /// No value but null was seen.
        case none
    }

    private(set) var counts: [Kind: Int] = [:]

    /// How many objects have the member.
    var total: Int { counts.values.reduce(0, +) }

    mutating func add(_ value: JSONValue) {
        counts[Kind(value), default: 0] += 1
    }

    /// The narrowest type that all values have.
    var inference: Inference {
        var kinds = Set(counts.keys).subtracting([.null])
        if kinds.isEmpty { return .none }
        if kinds.contains(.strings) { kinds.remove(.emptyList) }
        switch kinds {
        case [.int]: return .type("Int")
        case [.float], [.int, .float]: return .type("Float")
        case [.boolean]: return .type("Boolean")
        case [.string]: return .type("String")
        case [.strings]: return .type("[String!]")
        default: return .any
        }
    }

    /// How often it was seen, and as what.
    ///
    /// For example `In 5 of 8 objects: 4 Int, 1 null.`
    func summary(of objects: Int) -> String {
        let parts = Kind.allCases.compactMap { kind in counts[kind].map { "\($0) \(kind.rawValue)" } }
        return "In \(total) of \(objects) objects: \(parts.joined(separator: ", "))."
    }
}
