private import JSON
internal import NIOCore

/// The bytes of a request as they came, head and body, with a digest.
struct RequestBytes: Sendable, Hashable {
    let bytes: ByteBuffer
    let digest: Int

    /// The most bytes, as longer requests take long to compare.
    static let maximumCount = 16 << 10

    /// Computes the digest; nil if there are too many bytes.
    init?(_ bytes: ByteBuffer) {
        guard bytes.readableBytes <= Self.maximumCount else { return nil }
        self.bytes = bytes
        digest = unsafe bytes.withUnsafeReadableBytes { unsafe KeyedDigest.of($0) }
    }

    /// A copy in a buffer without unused capacity.
    var compacted: RequestBytes { RequestBytes(ByteBuffer(bytes: bytes.readableBytesView), digest) }

    private init(_ bytes: ByteBuffer, _ digest: Int) {
        self.bytes = bytes
        self.digest = digest
    }

    /// The first bytes; nil if there are fewer than `count`.
    func prefix(_ count: Int) -> RequestBytes? {
        bytes.getSlice(at: bytes.readerIndex, length: count).flatMap { RequestBytes($0) }
    }

    /// The index of the shard for these bytes, of so many.
    func part(of count: Int) -> Int { Int(UInt(bitPattern: digest) >> 32) % count }

    static func == (left: RequestBytes, right: RequestBytes) -> Bool {
        left.digest == right.digest && left.bytes == right.bytes
    }

    func hash(into hasher: inout Hasher) { hasher.combine(digest) }
}
