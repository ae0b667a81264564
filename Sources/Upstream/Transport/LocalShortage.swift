private import CLibcurlShims
private import Glibc

/// Recognizes shortages of this machine's own resources.
enum LocalShortage {
    /// Whether an error number means that the system or this process has exhausted a resource.
    static func isShortage(_ code: Int32) -> Bool {
        [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(code)
    }

    /// Whether no file descriptor can be created.
    static var isWithoutDescriptors: Bool {
        let descriptor = eventfd(0, Int32(EFD_CLOEXEC))
        guard descriptor < 0 else {
            close(descriptor)
            return false
        }
        return isShortage(errno)
    }
}
