/// Replaces the earlier names of options: scripts and configuration files that use them continue to work.
enum FormerOptionNames {
    private static let renamed = ["no-planning": "no-batching", "no-sharing": "no-deduplication"]

    /// Returns the argument with the option's current name.
    static func current(_ argument: String) -> String {
        guard argument.hasPrefix("--") else { return argument }
        let end = argument.firstIndex(of: "=") ?? argument.endIndex
        let name = String(argument[..<end].dropFirst(2))
        return "--" + current(name: name) + argument[end...]
    }

    /// Returns an option's current name.
    static func current(name: String) -> String {
        if let name = renamed[name] { return name }
        for prefix in ["", "rpc-"] where name.hasPrefix(prefix + "maximum-") {
            return prefix + "max-" + name.dropFirst((prefix + "maximum-").count)
        }
        return name
    }
}
