/// The value of `Host`: a name or an address, and optionally a port.
///
/// https://www.rfc-editor.org/rfc/rfc9110#section-7.2
struct HostField: Hashable, Sendable {
    /// The name or address in lower case, without a trailing dot; an IPv6 address has its brackets.
    let name: String
    /// The digits of the port; nil: there is none.
    let port: String?

    /// Parses a value; nil if it has a user name, a space, a path or the like, or has no host before a port.
    ///
    /// The empty value is valid, and has no host: https://www.rfc-editor.org/rfc/rfc9112#section-3.2-5.
    init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        let nameEnd: Int
        if bytes.first == UInt8(ascii: "[") {
            guard let bracket = bytes.firstIndex(of: UInt8(ascii: "]")), Self.isVersion6(bytes[1..<bracket])
            else { return nil }
            nameEnd = bracket + 1
        } else {
            nameEnd = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.count
            guard Self.isName(bytes[..<nameEnd]) else { return nil }
        }
        let rest = bytes[nameEnd...]
        guard rest.isEmpty || rest.first == UInt8(ascii: ":") else { return nil }
        let digits = rest.dropFirst()
        guard digits.count <= 5, digits.allSatisfy(Self.isDigit) else { return nil }
        port = digits.isEmpty ? nil : String(decoding: digits, as: UTF8.self)
        let name = String(decoding: bytes[..<nameEnd], as: UTF8.self).lowercased()
        self.name = name.hasSuffix(".") ? String(name.dropLast()) : name
        // Such a value must not be treated like the empty one, which no browser sends.
        guard !self.name.isEmpty || bytes.isEmpty else { return nil }
    }

    /// Whether the host is an IP address: IPv6 in brackets, or IPv4 as four numbers.
    ///
    /// Browsers normalize other notations, such as `127.1`: https://url.spec.whatwg.org/#concept-ipv4-parser.
    var isAddress: Bool { name.hasPrefix("[") || IPNetwork.isAddress(name) }

    /// Whether the host is `localhost`, or a name below it: https://www.rfc-editor.org/rfc/rfc6761#section-6.3.
    var isLocalhost: Bool {
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        return labels.last == "localhost" && labels.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(Self.isInLabel) }
    }

    private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        var index = bytes.startIndex
        while index < bytes.endIndex {
            if bytes[index] == UInt8(ascii: "%") {
                guard bytes.endIndex - index > 2, isHexDigit(bytes[index + 1]), isHexDigit(bytes[index + 2]) else {
                    return false
                }
                index += 3
            } else {
                guard isLetter(bytes[index]) || isDigit(bytes[index]) || punctuation.contains(bytes[index]) else {
                    return false
                }
                index += 1
            }
        }
        return true
    }

    /// The characters of a name besides letters and digits: https://www.rfc-editor.org/rfc/rfc3986#section-3.2.2.
    private static let punctuation = Array("-._~!$&'()*+,;=".utf8)

    private static func isVersion6(_ bytes: ArraySlice<UInt8>) -> Bool {
        let colon = UInt8(ascii: ":")
        guard bytes.contains(colon), bytes.allSatisfy({ isHexDigit($0) || $0 == colon || $0 == UInt8(ascii: ".") })
        else { return false }
        return IPNetwork.isAddress(String(decoding: bytes, as: UTF8.self))
    }

    private static func isInLabel(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

    private static func isLetter(_ byte: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte | 0x20
    }
}
