/// An option of the command line, as the program declares it.
package struct OptionDefinition: Sendable, Hashable {
    /// The name, without dashes.
    package let name: String
    /// Whether it is a flag, without a value.
    package let isFlag: Bool
    /// Whether it may be given more than once.
    package let isRepeatable: Bool
    /// Whether its value is the path of a file or folder.
    package let isPath: Bool
    /// The default value; nil: there is none.
    package let defaultValue: String?
    /// The purpose, in words.
    package let meaning: String
    /// The group of the option; nil: none.
    package let group: String?

    package init(
        name: String,
        isFlag: Bool = false,
        isRepeatable: Bool = false,
        isPath: Bool = false,
        defaultValue: String? = nil,
        meaning: String = "",
        group: String? = nil
    ) {
        self.name = name
        self.isFlag = isFlag
        self.isRepeatable = isRepeatable
        self.isPath = isPath
        self.defaultValue = defaultValue
        self.meaning = meaning
        self.group = group
    }

    /// The environment variable that sets it.
    package var variable: String { Self.variablePrefix + name.uppercased().replacing("-", with: "_") }

    /// The prefix of all such variables.
    package static let variablePrefix = "GATEWAY_"

    /// Whether a configuration file may set it; workspaces have a section of their own.
    package var isAllowedInFile: Bool { !Self.outsideFiles.contains(name) }

    /// The options that a configuration file cannot set.
    static let outsideFiles = ["config", "workspace", "upstream", "help", "version"]
}
