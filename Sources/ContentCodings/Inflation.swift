private import CZlib

/// Decompression of the formats that zlib supports.
enum Inflation {
    /// The format around the compressed data, with zlib's number for it (`windowBits`).
    enum Form: Int32 {
        /// Gzip members.
        case gzip = 31
        /// The zlib format: https://www.rfc-editor.org/rfc/rfc1950
        case zlib = 15
        /// No header: https://www.rfc-editor.org/rfc/rfc1951
        case raw = -15
    }

    /// Decompresses bytes; stops with an error beyond `maximumBytes` of output.
    static func decompress(_ bytes: [UInt8], _ form: Form, maximumBytes: Int) throws(Gzip.Failure) -> [UInt8] {
        var stream = unsafe z_stream()
        guard unsafe gw_zlib_begin_inflate(&stream, form.rawValue) == Z_OK else { throw .malformed }
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
                // Only gzip has several members.
                guard form == .gzip, unsafe inflateReset(&stream) == Z_OK else { throw .malformed }
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

    /// Decompresses until the input is consumed or the chunk is full.
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
