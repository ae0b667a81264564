internal import ArgumentParser
internal import Configuration
internal import FoundationEssentials

/// The configuration of `serve` from all its layers: options of the command line over environment variables over the file.
struct LayeredConfiguration {
    /// The command line as it was given.
    let given: [String]
    /// The command line with what the lower layers set.
    let arguments: [String]
    /// The content of the configuration file; nil: none.
    let file: ConfigurationFile?
    /// The settings of the lower layers that are in effect.
    let settings: [Setting]
    /// Warnings, which do not make the configuration invalid.
    let warnings: [String]
    /// The problems of file and variables; what they concern is left out of the rest.
    let faults: ConfigurationFaults

    /// The commands that take a configuration.
    private static let commands: Set = ["serve", "check-config"]

    /// The options of `serve`.
    static let options = OptionDefinition.all(of: ServeCommand.self)

    /// Reads all layers.
    ///
    /// - Parameters:
    ///   - arguments: the arguments of the command line, from the command's name on.
    ///   - environment: the process's environment variables.
    init(_ arguments: [String], environment: [String: String]) {
        guard let command = arguments.first, Self.commands.contains(command), !Self.asksForHelp(arguments) else {
            (given, self.arguments, file, settings, warnings) = (arguments, arguments, nil, [], [])
            faults = ConfigurationFaults()
            return
        }
        let variables = EnvironmentSettings(environment, options: Self.options)
        var faults = ConfigurationFaults(problems: ConfigurationProblems(variables.problems))
        let stated = arguments.indices.filter { Self.name(arguments[$0]) == "config" }
        if stated.count > 1 {
            let words = "--config can be given once: there is one file, and none of several would be merged."
            faults.problems.add(ConfigurationProblem(origin: "", message: words))
        }
        let path =
            stated.first.flatMap { Self.value(at: $0, in: arguments) }
            ?? variables.settings.first { $0.option.name == "config" }?.value
        var file: ConfigurationFile?
        if let path {
            file = Self.file(path)
            faults.lacksFile = file == nil
            if faults.lacksFile {
                faults.problems.add(ConfigurationProblem(origin: "", message: "The file \(path) cannot be read."))
            }
            for problem in file?.problems.all ?? [] { faults.problems.add(problem) }
            faults.leavesOutOthers = file?.hasAllOptions != true
        }
        let given = Set(arguments.compactMap(Self.name))
        var settings = Self.settings(of: file, path: path ?? "").filter { setting in
            !variables.unsetFlags.contains(setting.option.name)
        }
        // A list of a higher layer takes the place of a lower one's.
        let replaced = Set(variables.settings.map(\.option.name))
        settings = settings.filter { !replaced.contains($0.option.name) } + variables.settings
        settings = settings.filter { !given.contains($0.option.name) }
        let (accepted, refused) = Self.checked(settings)
        for (setting, message) in refused {
            faults.problems.add(setting.problem(message))
            faults.leftOut.insert(setting.option.name)
        }
        settings = accepted
        self.faults = faults
        self.given = arguments
        self.arguments = [command] + settings.map(\.argument) + arguments.dropFirst()
        self.settings = settings
        self.file = file
        let places = (file?.workspaces ?? []).flatMap { [$0.key] + ($0.webhook?.secrets ?? []) }
        let keys: [String] = places.compactMap { if case .environment(let name) = $0 { name } else { nil } }
        warnings = variables.warnings(used: Set(keys))
    }

    /// Returns the values of the named options in the lower layers, or else their defaults.
    func restartSettings(_ names: Set<String>) -> [String: String] {
        let chosen = settings.filter { names.contains($0.option.name) }
        let defaults = Self.options.filter { names.contains($0.name) }.compactMap { option in
            option.defaultValue.map { (option.name, $0) }
        }
        let stated = Dictionary(chosen.map { ($0.option.name, $0.value ?? "true") }) { "\($0),\($1)" }
        return Dictionary(uniqueKeysWithValues: defaults).merging(stated) { $1 }
    }

    private static func asksForHelp(_ arguments: [String]) -> Bool {
        arguments.contains {
            ["-h", "--help", "--experimental-dump-help", "--generate-completion-script"].contains($0)
        }
    }

    // MARK: - Command line

    /// Returns the name of the option that an argument sets; nil if it is not an option.
    private static func name(_ argument: String) -> String? {
        guard argument.hasPrefix("--") else { return nil }
        return String(argument.dropFirst(2).prefix { $0 != "=" })
    }

    /// Returns the value of the option at a 0-based index of the arguments; nil if it has none.
    private static func value(at index: Int, in arguments: [String]) -> String? {
        let argument = arguments[index]
        if argument.contains("=") { return String(argument.drop { $0 != "=" }.dropFirst()) }
        return arguments.dropFirst(index + 1).first
    }

    // MARK: - File

    /// Returns the valid content of a file; nil if the file cannot be read.
    private static func file(_ path: String) -> ConfigurationFile? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        var rules = ConfigurationRules()
        rules.options = options
        rules.plans = UpstreamOptions.PlanName.allCases.map(\.rawValue)
        rules.currentName = FormerOptionNames.current(name:)
        rules.folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
        if path.hasPrefix("/"), rules.folder.isEmpty { rules.folder = "/" }
        return ConfigurationFile(parsing: [UInt8](data), name: path, rules: rules)
    }

    private static func settings(of file: ConfigurationFile?, path: String) -> [Setting] {
        (file?.options ?? []).compactMap { option in
            guard let definition = options.first(where: { $0.name == option.name }) else { return nil }
            return Setting(option: definition, value: option.value, origin: path, position: option.position)
        }
    }

    // MARK: - Values

    /// Returns the settings that the command line would accept, and every refused one with the reason.
    ///
    /// A setting that needs another one is tried again once that one has been accepted.
    private static func checked(
        _ settings: [Setting]
    ) -> (accepted: [Setting], refused: [(setting: Setting, message: String)]) {
        guard failure(of: settings) != nil else { return (settings, []) }
        var (accepted, pending): ([Setting], [Setting]) = ([], settings)
        while true {
            let rest = pending.filter { setting in
                guard failure(of: accepted + [setting]) == nil else { return true }
                accepted.append(setting)
                return false
            }
            if rest.isEmpty || rest.count == pending.count { break }
            pending = rest
        }
        let refused = pending.compactMap { setting in
            failure(of: accepted + [setting]).map { (setting: setting, message: $0) }
        }
        return (accepted, refused)
    }

    private static let placeNames: Set = ["upstream", "workspace"]

    /// Returns the problem of options of `serve`; nil if there is none.
    private static func failure(of settings: [Setting]) -> String? {
        let arguments = settings.map(\.argument)
        let hasUpstream = arguments.contains { name($0).map { placeNames.contains($0) } ?? false }
        do {
            _ = try ServeCommand.parse(hasUpstream ? arguments : ["--upstream=http://localhost"] + arguments)
            return nil
        } catch {
            return URLRedaction.redact(in: ServeCommand.message(for: error))
        }
    }
}
