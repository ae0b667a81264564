internal import JSON

/// The sort key of a row: nulls after everything else, numbers by value, texts by their characters.
enum SortKey: Comparable, Sendable {
    case number(Double)
    case text(String)
    case null

    /// Takes the key out of a member's value.
    init(_ value: JSONValue?) {
        switch value {
        case .number(let number)?: self = .number(number.doubleValue ?? 0)
        case .string(let text)?: self = .text(text)
        case .bool(let flag)?: self = .number(flag ? 1 : 0)
        case .null?, .array?, .object?, nil: self = .null
        }
    }
}
