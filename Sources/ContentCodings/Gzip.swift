private import CZlib

/// The content coding `gzip`.
///
/// https://www.rfc-editor.org/rfc/rfc1952
package enum Gzip {
    /// The reason why bytes cannot be decompressed.
    package enum Failure: Error, Equatable {
        /// The bytes are not in the expected format, or end too early.
        case malformed
        /// The decompressed bytes are more than `maximumBytes`.
        case tooLarge
    }

    /// Compresses bytes; nil if that fails or does not make them smaller.
    ///
    /// The level goes from 1, the fastest, to 9, the smallest.
    package static func compress(_ bytes: [UInt8], level: Int32 = 1) -> [UInt8]? {
        var stream = unsafe z_stream()
        guard unsafe gw_zlib_begin_gzip(&stream, level) == Z_OK else { return nil }
        defer { unsafe deflateEnd(&stream) }
        let capacity = unsafe Int(deflateBound(&stream, UInt(bytes.count)))
        var isComplete = false
        let output = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
            unsafe bytes.withUnsafeBufferPointer { input in
                // SAFETY: both buffers live until deflate returns, and it is called once.
                unsafe stream.next_in = input.baseAddress
                unsafe stream.avail_in = UInt32(input.count)
                unsafe stream.next_out = output.baseAddress
                unsafe stream.avail_out = UInt32(capacity)
                isComplete = unsafe deflate(&stream, Z_FINISH) == Z_STREAM_END
                count = unsafe capacity - Int(stream.avail_out)
            }
        }
        return isComplete && output.count < bytes.count ? output : nil
    }

    /// Decompresses bytes of one or several gzip members; stops with an error beyond `maximumBytes` of output.
    package static func decompress(_ bytes: [UInt8], maximumBytes: Int) throws(Failure) -> [UInt8] {
        try Inflation.decompress(bytes, .gzip, maximumBytes: maximumBytes)
    }
}
