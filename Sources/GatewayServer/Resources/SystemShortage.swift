private import Glibc

/// What the system says when it has no more of something for this process.
enum SystemShortage {
    /// Whether an error number is one of a shortage of descriptors or memory.
    static func isShortage(_ code: Int32) -> Bool {
        [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(code)
    }
}
