private import JSON
internal import NIOCore

/// The bytes of a request as they came, head and body, and a digest of them.
struct RequestBytes: Sendable, Hashable {
    let bytes: ByteBuffer
    let digest: Int

    /// Longer requests take long to compare.
    static let maximumCount = 16 << 10

    /// Takes the digest; nil if there are too many bytes.
    init?(_ bytes: ByteBuffer) {
        guard bytes.readableBytes <= Self.maximumCount else { return nil }
        self.bytes = bytes
        digest = unsafe bytes.withUnsafeReadableBytes { unsafe KeyedDigest.of($0) }
    }

    /// The same bytes in a buffer without room for more.
    var compacted: RequestBytes { RequestBytes(ByteBuffer(bytes: bytes.readableBytesView), digest) }

    private init(_ bytes: ByteBuffer, _ digest: Int) {
        self.bytes = bytes
        self.digest = digest
    }

    /// The first so many of the bytes; nil if there are fewer.
    func prefix(_ count: Int) -> RequestBytes? {
        bytes.getSlice(at: bytes.readerIndex, length: count).flatMap { RequestBytes($0) }
    }

    /// Selects one of some parts of a table.
    func part(of count: Int) -> Int { Int(UInt(bitPattern: digest) >> 32) % count }

    static func == (left: RequestBytes, right: RequestBytes) -> Bool {
        left.digest == right.digest && left.bytes == right.bytes
    }

    func hash(into hasher: inout Hasher) { hasher.combine(digest) }
}
