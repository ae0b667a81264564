internal import NIOCore

/// Replaces fields with an empty name in a header block by fields that no request may have.
///
/// Both make the request malformed, but NIO's decoder ends the connection for an empty name, and only resets the stream for
/// `:status` in a request: https://www.rfc-editor.org/rfc/rfc9113#section-8.1.1.
///
/// The two bytes that begin such a field, the second of which states the name's length as 0, are replaced by `:status: 200` and the
/// start of a field `:status`, which gets the value. So the block keeps its length, and the decoder's table keeps the number and order
/// of its entries. The entry of the field is seven letters longer than in the client's table, so NIO may evict the oldest
/// entries early; references to these fail. If a frame ends between the two bytes, the name stays empty.
///
/// Strings are skipped, not decoded: https://www.rfc-editor.org/rfc/rfc7541#section-6.
struct HTTP2EmptyNames {
    /// The kind of the next byte.
    private enum Step {
        /// A field, or a new size of the table.
        case field
        /// A further byte of an integer whose value is not needed.
        case integer(isLiteral: Bool)
        /// The first byte of a string's length.
        case length(ofName: Bool)
        /// A further byte of the length.
        case moreLength(ofName: Bool, value: Int, shift: Int)
        /// The bytes are not a valid header block.
        case unreadable
    }

    /// The first byte of a field, or of a change of the table's size.
    private struct Start {
        /// The bits that have an integer.
        let mask: UInt8
        /// Whether a string follows: the value, or the name if the integer is 0.
        let isLiteral: Bool

        init(_ byte: UInt8) {
            switch byte {
            case 0x80...: (mask, isLiteral) = (0x7F, false)
            case 0x40...: (mask, isLiteral) = (0x3F, true)
            case 0x20...: (mask, isLiteral) = (0x1F, false)
            default: (mask, isLiteral) = (0x0F, true)
            }
        }
    }

    /// The index of `:status: 200` in the static table: https://www.rfc-editor.org/rfc/rfc7541#appendix-A.
    private static let status: UInt8 = 8
    /// The bit of a field whose name and value are in the table.
    private static let indexed: UInt8 = 0x80
    /// The bits of a length in its first byte; the other bit states that the string is compressed.
    private static let lengthMask: UInt8 = 0x7F
    /// The most bits by which a byte of a length is shifted; no length that fits into a frame needs more.
    private static let mostShift = 28

    private var step = Step.field
    /// The bytes of a string that are still to be skipped.
    private var stringLeft = 0

    /// Replaces the fields in the next part of the block.
    mutating func replace(in bytes: inout ByteBuffer, _ part: Range<Int>) {
        var index = part.lowerBound
        while index < part.upperBound {
            if stringLeft > 0 {
                let count = min(stringLeft, part.upperBound - index)
                stringLeft -= count
                index += count
                continue
            }
            guard let byte = bytes.getInteger(at: index, as: UInt8.self) else { return }
            if case .length(ofName: true) = step, byte & Self.lengthMask == 0, index > part.lowerBound,
                let start = bytes.getInteger(at: index - 1, as: UInt8.self)
            {
                bytes.setInteger(Self.indexed | Self.status, at: index - 1)
                bytes.setInteger(start | Self.status, at: index)
            }
            take(byte)
            index += 1
        }
    }

    private mutating func take(_ byte: UInt8) {
        switch step {
        case .field:
            let start = Start(byte)
            let value = byte & start.mask
            if value == start.mask {
                step = .integer(isLiteral: start.isLiteral)
            } else {
                step = start.isLiteral ? .length(ofName: value == 0) : .field
            }
        case .integer(let isLiteral):
            if byte & 0x80 == 0 { step = isLiteral ? .length(ofName: false) : .field }
        case .length(let isName):
            let value = byte & Self.lengthMask
            if value == Self.lengthMask {
                step = .moreLength(ofName: isName, value: Int(value), shift: 0)
            } else {
                beginString(Int(value), isName)
            }
        case .moreLength(let isName, let value, let shift):
            let value = value + Int(byte & 0x7F) << shift
            if byte & 0x80 == 0 {
                beginString(value, isName)
            } else if shift < Self.mostShift {
                step = .moreLength(ofName: isName, value: value, shift: shift + 7)
            } else {
                step = .unreadable
            }
        case .unreadable: break
        }
    }

    private mutating func beginString(_ length: Int, _ isName: Bool) {
        stringLeft = length
        step = isName ? .length(ofName: false) : .field
    }
}
