/// A change of the configuration while the gateway runs.
package enum ConfigurationRecord: Sendable, Hashable {
    /// A file has another key, which is in use from now on.
    case keyReplaced(path: String)
    /// A file has no usable key, for this reason; the previous key stays in use.
    case keyUnusable(path: String, reason: String)
    /// After SIGHUP, all key files were read again; the numbers count files.
    case reloaded(files: Int, replaced: Int, unusable: Int)
    /// After SIGHUP, the configuration has errors; the previous one stays in use.
    case refused
}
