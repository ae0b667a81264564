internal import Configuration

/// What is wrong with the layers of a configuration; the rest is checked all the same, so that all is reported together.
struct ConfigurationFaults {
    var problems = ConfigurationProblems()
    /// The names of options with settings that are left out.
    var leftOut: Set<String> = []
    /// Whether some options that are left out have no known name.
    var leavesOutOthers = false

    /// Whether the configuration file cannot be read, so that nothing is known of what it names.
    var lacksFile = false

    /// Whether there is anything wrong.
    var areAny: Bool { !problems.all.isEmpty }

    /// Whether an option is as the configuration says, so that what depends on it can be checked.
    func haveAll(of option: String) -> Bool { !leavesOutOthers && !leftOut.contains(option) }
}
