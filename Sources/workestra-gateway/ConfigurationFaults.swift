internal import Configuration

/// The problems of the layers of a configuration; the rest is checked all the same, so that all are reported together.
struct ConfigurationFaults {
    var problems = ConfigurationProblems()
    /// The names of options whose settings are left out.
    var leftOut: Set<String> = []
    /// Whether further options are left out whose names are unknown.
    var leavesOutOthers = false

    /// Whether the configuration file cannot be read, so that its content is unknown.
    var lacksFile = false

    /// Whether there is anything wrong.
    var areAny: Bool { !problems.all.isEmpty }

    /// Whether no setting of an option was left out, so that what depends on it can be checked.
    func haveAll(of option: String) -> Bool { !leavesOutOthers && !leftOut.contains(option) }
}
