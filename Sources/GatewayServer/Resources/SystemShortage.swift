private import Glibc

/// Recognizes errors of system calls for lack of descriptors or memory.
enum SystemShortage {
    /// Whether an error number is one of a shortage of descriptors or memory.
    static func isShortage(_ code: Int32) -> Bool {
        [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(code)
    }
}
