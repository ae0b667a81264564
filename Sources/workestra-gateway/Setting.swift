internal import Configuration

/// A value for an option, and where it comes from.
struct Setting {
    let option: OptionDefinition
    /// The value; nil: a flag is set.
    let value: String?
    /// The file or the variable.
    let origin: String
    /// Where in the file; nil: it is from a variable.
    var position: TextPosition?

    /// The value as it is printed, without what may be a secret in a URL.
    var shownValue: String { URLRedaction.redact(in: value ?? "true") }

    /// The argument of the command line that has the same effect.
    var argument: String { value.map { "--\(option.name)=\($0)" } ?? "--\(option.name)" }

    /// The problem that the value is refused with.
    func problem(_ message: String) -> ConfigurationProblem {
        let subject = position == nil ? "" : "options: \"\(option.name)\": "
        return ConfigurationProblem(origin: origin, position: position, message: subject + message)
    }
}
