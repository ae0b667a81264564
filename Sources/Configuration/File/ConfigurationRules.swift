/// The rules of a configuration file that depend on other parts of the program.
package struct ConfigurationRules: Sendable {
    /// The options of the command line; nil: any are accepted.
    package var options: [OptionDefinition]?
    /// The names of plans; nil: any are accepted.
    package var plans: [String]?
    /// Returns the present name of an option that was renamed.
    package var currentName: @Sendable (String) -> String = { $0 }
    /// The folder of the file, to which relative paths in it refer; empty: the current folder.
    package var folder = ""

    package init() {}

    /// The option with a name, which may be a former one.
    func option(_ name: String) -> OptionDefinition? { options?.first { $0.name == currentName(name) } }

    /// A path in the file, relative to its folder.
    func path(_ path: String) -> String {
        path.hasPrefix("/") || folder.isEmpty ? path : "\(folder)/\(path)"
    }
}
