/// The kinds of tokens; a punctuator's raw value is its first byte.
enum TokenKind: UInt8 {
    case startOfFile = 0
    case endOfFile = 1
    case name = 2
    case int = 3
    case float = 4
    case string = 5
    case blockString = 6
    case bang = 0x21
    case dollar = 0x24
    case ampersand = 0x26
    case parenthesisLeft = 0x28
    case parenthesisRight = 0x29
    case spread = 0x2E
    case colon = 0x3A
    case equals = 0x3D
    case at = 0x40
    case bracketLeft = 0x5B
    case bracketRight = 0x5D
    case braceLeft = 0x7B
    case pipe = 0x7C
    case braceRight = 0x7D

    /// The kind as error messages show it: punctuators are quoted.
    var text: String {
        switch self {
        case .startOfFile: "<SOF>"
        case .endOfFile: "<EOF>"
        case .name: "Name"
        case .int: "Int"
        case .float: "Float"
        case .string: "String"
        case .blockString: "BlockString"
        case .spread: "\"...\""
        case .bang, .dollar, .ampersand, .parenthesisLeft, .parenthesisRight, .colon, .equals, .at, .bracketLeft,
            .bracketRight, .braceLeft, .pipe, .braceRight:
            "\"\(Character(Unicode.Scalar(rawValue)))\""
        }
    }
}
