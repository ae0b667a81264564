private import Glibc

/// Reads files of `/proc`.
enum SystemFile {
    /// The text of a file; nil: it cannot be read.
    static func text(of path: String) -> String? {
        // SAFETY: the system reads the path during the call only.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            // SAFETY: the kernel writes into the array during the call only.
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return count == 0 ? String(decoding: text, as: UTF8.self) : nil }
            text += buffer[..<count]
        }
    }

    /// The number of entries in a folder; nil: it cannot be read.
    static func entryCount(ofFolder path: String) -> Int? {
        // SAFETY: the stream is used by this thread alone, and closed at the end.
        guard let folder = unsafe opendir(path) else { return nil }
        defer { unsafe closedir(folder) }
        var count = 0
        while unsafe readdir(folder) != nil { count += 1 }
        // `.` and `..`.
        return count - 2
    }
}
