private import FoundationEssentials
internal import Gateway
private import Glibc

extension KeyFile {
    /// Opens the file of a key.
    ///
    /// - Parameters:
    ///   - path: the file's path.
    ///   - observer: is notified when the file changes, or has no key any more.
    /// - Returns: the file; nil if it has no key that can be used.
    static func open(_ path: String, notifying observer: any GatewayObserver) -> KeyFile? {
        KeyFile(path: path, access: .path(path)) { file, outcome in
            if let record = ConfigurationRecord(outcome, of: file) { observer.configurationChanged(record) }
        }
    }
}

extension KeyFile.Access {
    /// The most bytes of a file with a key.
    private static let maximumBytes = 64 << 10

    /// The access to a file of the system; a longer one cannot be read.
    fileprivate static func path(_ path: String) -> KeyFile.Access {
        KeyFile.Access(
            stamp: {
                var status = stat()
                // SAFETY: the status is written during the call.
                guard unsafe stat(path, &status) == 0 else { return nil }
                return KeyFile.Stamp([
                    Int(status.st_dev), Int(status.st_ino), Int(status.st_size), status.st_mtim.tv_sec,
                    status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
                ])
            },
            read: {
                var status = stat()
                // SAFETY: the status is written during the call.
                guard unsafe stat(path, &status) == 0, status.st_size <= maximumBytes else { return nil }
                return FileManager.default.contents(atPath: path).map { Array($0) }
            }
        )
    }
}
