private import JSON
internal import NIOCore

/// A protocol version after a space that needs special treatment in a request line.
struct UnusualVersion: Equatable {
    /// The kind of the version.
    enum Kind {
        /// Another protocol: RTSP or ICE.
        case otherProtocol
        /// Another major version of HTTP, such as 2.
        case otherMajor
        /// A later minor version of HTTP/1, such as 1.2.
        case laterMinor
    }

    let kind: Kind
    /// The index in the buffer at which it begins, after the space.
    let start: Int
    /// The index of its slash in the buffer.
    let slash: Int

    /// The bytes from a slash on that are needed to classify a version.
    static let mostUndecided = 3

    /// Classifies the bytes around a slash; indices in the buffer are greater by `offset`.
    fileprivate init?(_ bytes: Span<UInt8>, slash: Int, offset: Int) {
        // PERF: nearly every slash is part of HTTP/1.1, of a path or of a media type.
        guard slash >= 4, bytes[slash - 1] == UInt8(ascii: "P") || bytes[slash - 1] == UInt8(ascii: "E"),
            !Self.isUsual(bytes, slash: slash)
        else { return nil }
        guard let name = Self.names.first(where: { Self.ends(bytes, at: slash, with: $0) }) else { return nil }
        if name == Self.http {
            guard slash + 3 < bytes.count, bytes[slash + 2] == UInt8(ascii: "."), Self.isDigit(bytes[slash + 1]),
                Self.isDigit(bytes[slash + 3])
            else { return nil }
            let isMajorServed = bytes[slash + 1] == UInt8(ascii: "1")
            guard !isMajorServed || bytes[slash + 3] > UInt8(ascii: "1") else { return nil }
            kind = isMajorServed ? .laterMinor : .otherMajor
        } else {
            kind = .otherProtocol
        }
        // Without the space before the name.
        start = slash - name.count + 1 + offset
        self.slash = slash + offset
    }

    private static let http = Array(" HTTP".utf8)
    private static let names = [http, Array(" RTSP".utf8), Array(" ICE".utf8)]

    private static func ends(_ bytes: Span<UInt8>, at end: Int, with name: [UInt8]) -> Bool {
        guard end >= name.count else { return false }
        return name.indices.allSatisfy { bytes[end - name.count + $0] == name[$0] }
    }

    /// Whether the bytes are those of `HTTP/1.0` or `HTTP/1.1`, checked roughly.
    private static func isUsual(_ bytes: Span<UInt8>, slash: Int) -> Bool {
        bytes[slash - 2] == UInt8(ascii: "T") && slash + 3 < bytes.count && bytes[slash + 1] == UInt8(ascii: "1")
            && bytes[slash + 2] == UInt8(ascii: ".") && bytes[slash + 3] <= UInt8(ascii: "1")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
}

extension ByteBuffer {
    /// The first unusual version whose slash is at an index or after it; nil: there is none.
    func firstUnusualVersion(from index: Int) -> UnusualVersion? {
        let bytes = readableBytesUInt8Span
        var position = index - readerIndex
        // PERF: bodies are long, and have few slashes.
        while position < bytes.count, let slash = bytes.firstIndex(of: UInt8(ascii: "/"), in: position..<bytes.count) {
            if let version = UnusualVersion(bytes, slash: slash, offset: readerIndex) { return version }
            position = slash + 1
        }
        return nil
    }
}
