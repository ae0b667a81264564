private import JSON
internal import NIOCore

extension ByteBuffer {
    /// The length in bytes of a head that ends with its first empty line; nil if there is none, or a line does not end with CR LF.
    var headLength: Int? {
        let all = readableBytesUInt8Span
        var position = 0
        while let lineFeed = all.firstIndex(of: UInt8(ascii: "\n"), in: position..<all.count) {
            // A decoder might accept a bare line feed as the end of a line.
            guard lineFeed > 0, all[lineFeed - 1] == UInt8(ascii: "\r"), lineFeed + 1 < all.count else { return nil }
            switch all[lineFeed + 1] {
            case UInt8(ascii: "\n"): return nil
            case UInt8(ascii: "\r"):
                guard lineFeed + 2 < all.count, all[lineFeed + 2] == UInt8(ascii: "\n") else { return nil }
                return lineFeed + 3
            default: position = lineFeed + 1
            }
        }
        return nil
    }
}
