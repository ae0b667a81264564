/// The tokens of a text, found as a lexer finds them in a valid document; in others it may find none.
struct DocumentShapeTokens {
    private let source: [UInt8]
    /// The range of each token, in bytes.
    private(set) var ranges: [Range<Int>] = []
    /// The indices of tokens that are names other than aliases.
    private var names: [Int] = []
    /// The positions of tokens that are aliases.
    private var aliases: [Int] = []
    private var depthOfParentheses = 0
    private var nextAlias = 0

    /// Finds the tokens; nil if there is anything uncommon in the text, or if there are too many.
    init?(_ source: [UInt8], maximumCount: Int) {
        self.source = source
        ranges.reserveCapacity(source.count / 3)
        var position = 0
        while position < source.count {
            guard let end = passToken(at: position), ranges.count <= maximumCount else { return nil }
            position = end
        }
    }

    /// Whether a token is an alias; tokens must be passed in order.
    mutating func isAlias(_ position: Int) -> Bool {
        guard nextAlias < aliases.count, aliases[nextAlias] == position else { return false }
        nextAlias += 1
        return true
    }

    /// The index of an alias in `open`, to which it is added if necessary; nil: it is also another name.
    func number(of alias: Range<Int>, in open: inout [Range<Int>]) -> Int? {
        if let known = open.firstIndex(where: { isEqual($0, alias) }) { return known }
        if names.contains(where: { isEqual(ranges[$0], alias) }) { return nil }
        open.append(alias)
        return open.count - 1
    }

    private func isEqual(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        guard left.count == right.count else { return false }
        for offset in 0..<left.count
        where source[left.lowerBound + offset] != source[right.lowerBound + offset] { return false }
        return true
    }

    // MARK: - Tokens

    /// Passes a token or something that is ignored; returns where it ends, or nil if it is uncommon.
    private mutating func passToken(at start: Int) -> Int? {
        var end = start + 1
        switch source[start] {
        case UInt8(ascii: " "), UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
            return end
        case UInt8(ascii: "#"):
            while end < source.count, source[end] != UInt8(ascii: "\n"), source[end] != UInt8(ascii: "\r") { end += 1 }
            return end
        case let byte where Self.beginsName(byte):
            while end < source.count, Self.continuesName(source[end]) { end += 1 }
            names.append(ranges.count)
        case UInt8(ascii: ":"):
            noteColon()
        case UInt8(ascii: "("):
            depthOfParentheses += 1
        case UInt8(ascii: ")"):
            depthOfParentheses -= 1
        case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "!"),
            UInt8(ascii: "$"), UInt8(ascii: "="), UInt8(ascii: "@"), UInt8(ascii: "|"), UInt8(ascii: "&"):
            break
        case UInt8(ascii: "."):
            end = start + 3
            guard end <= source.count, source[start + 1] == UInt8(ascii: "."), source[start + 2] == UInt8(ascii: ".")
            else { return nil }
        case UInt8(ascii: "\""):
            guard let close = endOfString(at: start) else { return nil }
            end = close
        case let byte where byte == UInt8(ascii: "-") || Self.continuesName(byte):
            while end < source.count, Self.continuesNumber(source[end]) { end += 1 }
        default:
            return nil
        }
        ranges.append(start..<end)
        return end
    }

    /// Records an alias: a name before a colon, except in parentheses, where it is an argument or a variable.
    private mutating func noteColon() {
        guard depthOfParentheses == 0, let name = names.last, name == ranges.count - 1 else { return }
        names.removeLast()
        aliases.append(name)
    }

    /// The end of a string; nil if it has no end, or is a block.
    private func endOfString(at start: Int) -> Int? {
        var position = start + 1
        while position < source.count {
            switch source[position] {
            case UInt8(ascii: "\""):
                let isEmpty = position == start + 1
                let end = position + 1
                return isEmpty && end < source.count && source[end] == UInt8(ascii: "\"") ? nil : end
            case UInt8(ascii: "\\"):
                position += 2
            case ..<0x20:
                return nil
            default:
                position += 1
            }
        }
        return nil
    }

    private static func beginsName(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || (byte | 0x20) &- UInt8(ascii: "a") < 26
    }

    private static func continuesName(_ byte: UInt8) -> Bool {
        beginsName(byte) || byte &- UInt8(ascii: "0") < 10
    }

    /// Whether a byte continues a number, or must not follow one.
    private static func continuesNumber(_ byte: UInt8) -> Bool {
        continuesName(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
    }
}
