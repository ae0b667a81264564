internal import Configuration
internal import GraphQL

/// The settings of environment variables: `GATEWAY_MAX_ROWS` is the option `max-rows`.
struct EnvironmentSettings {
    private(set) var settings: [Setting] = []
    /// Flags that a variable turns off, whatever the file says.
    private(set) var unsetFlags: Set<String> = []
    private(set) var problems: [ConfigurationProblem] = []
    private let environment: [String: String]
    private let options: [OptionDefinition]

    /// Reads the variables of a process.
    init(_ environment: [String: String], options: [OptionDefinition]) {
        self.environment = environment
        self.options = options
        for option in options {
            // An empty variable is how shells and containers state that there is none.
            guard let text = environment[option.variable], !Self.trim(text[...]).isEmpty else { continue }
            read(option, text)
        }
    }

    private mutating func read(_ option: OptionDefinition, _ text: String) {
        let origin = "environment variable \(option.variable)"
        guard option.isFlag else {
            let values = option.isRepeatable ? text.split(separator: ",").map(Self.trim).filter { !$0.isEmpty } : [text]
            settings += values.map { Setting(option: option, value: $0, origin: origin) }
            return
        }
        switch Self.trim(text[...]).lowercased() {
        case "true", "1", "yes", "on": settings.append(Setting(option: option, value: nil, origin: origin))
        case "false", "0", "no", "off": unsetFlags.insert(option.name)
        default: problems.append(ConfigurationProblem(origin: origin, message: "must be true or false."))
        }
    }

    /// A text without white space around it, which people write after a comma and shells leave at a line's end.
    private static func trim(_ text: Substring) -> String {
        var rest = text
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }

    /// Returns warnings of variables that look like options but match none.
    ///
    /// They are not errors by themselves: Kubernetes defines `GATEWAY_PORT` and others for a service of that name.
    ///
    /// - Parameter used: further variables that the configuration names.
    /// - Returns: a sentence for each such variable.
    func warnings(used: Set<String>) -> [String] {
        let known = Set(options.map(\.variable))
        return environment.keys.filter { name in
            name.hasPrefix(OptionDefinition.variablePrefix) && !known.contains(name) && !used.contains(name)
                && !["SERVICE_", "PORT"].contains {
                    name.dropFirst(OptionDefinition.variablePrefix.count).hasPrefix($0)
                }
        }.sorted().map { name in
            let suggestion = didYouMean(suggestionList(name, options.map(\.variable)))
            return "warning: the environment variable \(name) sets no option.\(suggestion)"
        }
    }
}
