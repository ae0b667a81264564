extension [UInt8] {
    /// The JSON text on one line.
    ///
    /// An upstream's JSON is passed on unchanged, and may have line breaks between its values; within strings JSON has none.
    /// https://www.rfc-editor.org/rfc/rfc8259#section-2
    var onOneLine: [UInt8] {
        guard contains(where: \.endsLine) else { return self }
        return map { $0.endsLine ? UInt8(ascii: " ") : $0 }
    }
}

extension UInt8 {
    fileprivate var endsLine: Bool { self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }
}
