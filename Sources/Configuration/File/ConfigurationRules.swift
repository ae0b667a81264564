/// What a configuration file is checked against that others define.
package struct ConfigurationRules: Sendable {
    /// The options of the command line; nil: any are taken.
    package var options: [OptionDefinition]?
    /// The names of plans; nil: any are taken.
    package var plans: [String]?
    /// The name of an option today, if it had another one before.
    package var currentName: @Sendable (String) -> String = { $0 }
    /// The folder to which relative paths in the file refer; empty: the present one.
    package var folder = ""

    package init() {}

    /// The option of a name, which may be one of before.
    func option(_ name: String) -> OptionDefinition? { options?.first { $0.name == currentName(name) } }

    /// A path as seen from the file's folder.
    func path(_ path: String) -> String {
        path.hasPrefix("/") || folder.isEmpty ? path : "\(folder)/\(path)"
    }
}
