private import Glibc

/// A standard stream of the process, for bytes.
struct StandardStream {
    /// The program's results.
    static let output = StandardStream(descriptor: STDOUT_FILENO)
    /// Messages about the results.
    static let error = StandardStream(descriptor: STDERR_FILENO)

    private let descriptor: Int32

    /// Writes bytes as they are; drops them if nobody reads the stream.
    func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            // SAFETY: the bytes are read during the call only.
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { return }
            rest = rest.dropFirst(max(0, count))
        }
    }

    /// Writes a text and a line's end.
    func writeLine(_ text: String) {
        write(Array("\(text)\n".utf8))
    }

    /// Reads the standard input to its end, or as far as it can be read.
    static func readInput() -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            var failure: Int32 = 0
            let part = unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
                // SAFETY: at most the buffer's capacity is written.
                count = max(0, unsafe read(STDIN_FILENO, buffer.baseAddress, 1 << 16))
                if count == 0 { failure = errno }
            }
            bytes += part
            if part.isEmpty, failure != EINTR { return bytes }
        }
    }
}
