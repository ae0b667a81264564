internal import Configuration

/// A value for an option, and its origin.
struct Setting {
    let option: OptionDefinition
    /// The value; nil: a flag is set.
    let value: String?
    /// The file or the variable.
    let origin: String
    /// The position in the file; nil: the setting is from a variable.
    var position: TextPosition?

    /// The value for display, without parts of URLs that may be secret.
    var shownValue: String { URLRedaction.redact(in: value ?? "true") }

    /// The argument of the command line that has the same effect.
    var argument: String { value.map { "--\(option.name)=\($0)" } ?? "--\(option.name)" }

    /// The problem that the value is refused with.
    func problem(_ message: String) -> ConfigurationProblem {
        let subject = position == nil ? "" : "options: \"\(option.name)\": "
        return ConfigurationProblem(origin: origin, position: position, message: subject + message)
    }
}
