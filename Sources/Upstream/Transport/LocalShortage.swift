private import CLibcurlShims
private import Glibc

/// Recognizes shortages of this machine's own resources.
enum LocalShortage {
    /// Whether an error number says that the system or this process has used something up.
    static func isShortage(_ code: Int32) -> Bool {
        [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(code)
    }

    /// Whether no descriptor can be made.
    static var isWithoutDescriptors: Bool {
        let descriptor = eventfd(0, Int32(EFD_CLOEXEC))
        guard descriptor < 0 else {
            close(descriptor)
            return false
        }
        return isShortage(errno)
    }
}
