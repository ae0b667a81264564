private import CZlib

/// Compression in gzip form.
///
/// https://www.rfc-editor.org/rfc/rfc1952
enum Gzip {
    /// Why bytes cannot be decompressed.
    enum Failure: Error, Equatable {
        /// They are no gzip, or end in its middle.
        case malformed
        /// They would become more bytes than are taken.
        case tooLarge
    }

    /// Compresses bytes; nil if that fails or does not make them fewer.
    ///
    /// The level goes from 1, the fastest, to 9, the smallest.
    static func compress(_ bytes: [UInt8], level: Int32 = 1) -> [UInt8]? {
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

    /// Decompresses bytes, one gzip member or several; work stops where they become more than `maximumBytes`.
    static func decompress(_ bytes: [UInt8], maximumBytes: Int) throws(Failure) -> [UInt8] {
        var stream = unsafe z_stream()
        guard unsafe gw_zlib_begin_gunzip(&stream) == Z_OK else { throw .malformed }
        defer { unsafe inflateEnd(&stream) }
        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: min(64 << 10, maximumBytes + 1))
        var consumed = 0
        while true {
            let step = unsafe inflateChunk(&stream, bytes, from: consumed, into: &chunk)
            consumed += step.consumed
            guard output.count + step.produced <= maximumBytes else { throw .tooLarge }
            output.append(contentsOf: chunk[..<step.produced])
            switch step.status {
            case Z_STREAM_END:
                if consumed == bytes.count { return output }
                guard unsafe inflateReset(&stream) == Z_OK else { throw .malformed }
            case Z_OK where step.consumed > 0 || step.produced > 0:
                continue
            default:
                throw .malformed
            }
        }
    }

    private struct Step {
        let status: Int32
        let consumed: Int
        let produced: Int
    }

    /// Decompresses until the input or the chunk is used up.
    private static func inflateChunk(
        _ stream: inout z_stream,
        _ bytes: [UInt8],
        from start: Int,
        into chunk: inout [UInt8]
    ) -> Step {
        let left = bytes.count - start
        let room = chunk.count
        return unsafe bytes.withUnsafeBufferPointer { input in
            unsafe chunk.withUnsafeMutableBufferPointer { output in
                // SAFETY: both buffers live until inflate returns; `start` is at most the input's count.
                unsafe stream.next_in = input.baseAddress.map { unsafe $0 + start }
                unsafe stream.avail_in = UInt32(left)
                unsafe stream.next_out = output.baseAddress
                unsafe stream.avail_out = UInt32(room)
                let status = unsafe inflate(&stream, Z_NO_FLUSH)
                return unsafe Step(
                    status: status,
                    consumed: left - Int(stream.avail_in),
                    produced: room - Int(stream.avail_out)
                )
            }
        }
    }
}
