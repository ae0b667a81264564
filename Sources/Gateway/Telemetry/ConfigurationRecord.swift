/// Something that the gateway was configured with and that has changed while it runs.
package enum ConfigurationRecord: Sendable, Hashable {
    /// A file has another key, which is in use from now on.
    case keyReplaced(path: String)
    /// A file has no key that can be used, for this reason; the key from before stays in use.
    case keyUnusable(path: String, reason: String)
    /// SIGHUP: all files were read again.
    case reloaded(files: Int, replaced: Int, unusable: Int)
    /// SIGHUP: the configuration has mistakes, and stays as it was.
    case refused
}
