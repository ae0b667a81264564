internal import JSON

/// The sampled values of one member.
struct SampledField: Sendable {
    /// The kind of a value, as far as the inferred type depends on it.
    enum Kind: String, CaseIterable {
        case int = "Int"
        case float = "Float"
        case boolean = "Boolean"
        case string = "String"
        case strings = "list of strings"
        case emptyList = "empty list"
        case list = "other list"
        case object = "object"
        /// A number that neither Int nor Float represents exactly.
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
        /// A built-in scalar type, or a list of one.
        case type(String)
        /// The scalar for any JSON: there are values of several kinds, or of one without a built-in type.
        case any
        /// All values are null.
        case none
    }

    private(set) var counts: [Kind: Int] = [:]

    /// The number of objects that have the member.
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

    /// Describes in how many objects the member was found, and with which kinds of values.
    ///
    /// For example `In 5 of 8 objects: 4 Int, 1 null.`
    func summary(of objects: Int) -> String {
        let parts = Kind.allCases.compactMap { kind in counts[kind].map { "\($0) \(kind.rawValue)" } }
        return "In \(total) of \(objects) objects: \(parts.joined(separator: ", "))."
    }
}
