internal import FoundationEssentials

/// The environment variables of the process.
enum ProcessEnvironment {
    /// All variables, by name.
    static var variables: [String: String] { ProcessInfo.processInfo.environment }
}
