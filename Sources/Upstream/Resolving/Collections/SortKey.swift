internal import GraphQL
internal import JSON

/// The value by which a row is sorted.
enum SortKey: Sendable {
    /// No value: the member is null, missing, or no scalar.
    case none
    /// A number; false is 0, true is 1.
    case number(JSONNumber)
    case text(String)

    /// Reads the member of a row.
    init(of node: Int, in document: SourceDocument, member: JSONKey) {
        let json = document.json
        guard let value = json.member(member, of: node) else {
            self = .none
            return
        }
        if let number = Self.number(json.node(value).kind) ?? json.numberValue(of: value) {
            self = .number(number)
        } else if let text = json.stringValue(of: value) {
            self = .text(text)
        } else {
            self = .none
        }
    }

    /// Reads a value of a cursor.
    init(_ value: JSONValue?) {
        switch value {
        case .number(let number): self = .number(number)
        case .string(let text): self = .text(text)
        case .bool(let isTrue): self = .number(JSONNumber(isTrue ? 1 : 0))
        case .null, .array, .object, nil: self = .none
        }
    }

    /// Whether there is no value.
    var isNone: Bool { if case .none = self { true } else { false } }

    /// False comes before true.
    private static func number(_ kind: JSONNode.Kind) -> JSONNumber? {
        switch kind {
        case .false: JSONNumber(0)
        case .true: JSONNumber(1)
        default: nil
        }
    }

    /// Whether a row with this value comes before one with another in ascending order.
    ///
    /// Text is compared byte by byte. Rows without a value come last when ascending, first when descending.
    func isLess(than other: SortKey) -> Bool {
        switch (self, other) {
        case (.number(let left), .number(let right)): left.isLess(than: right)
        case (.text(let left), .text(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
        case (.number, .text): true
        case (.number, .none), (.text, .none): true
        case (.text, .number), (.none, _): false
        }
    }
}
