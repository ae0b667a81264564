private import Glibc

/// Recognizes errors of system calls that are caused by a lack of descriptors or memory.
enum SystemShortage {
    /// Whether an `errno` is one of a lack of descriptors or memory.
    static func isShortage(_ code: Int32) -> Bool {
        [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(code)
    }
}
