internal import ArgumentParser
internal import Configuration
internal import JSON

extension OptionDefinition {
    /// The options of a command, as its own help describes them.
    static func all(of command: (some ParsableCommand).Type) -> [OptionDefinition] {
        let text = Array(command._dumpHelp().utf8)
        let arguments = (try? JSONValue(parsing: text))?["command"]?["arguments"]?.arrayValue ?? []
        return arguments.compactMap { OptionDefinition(help: $0) }
    }

    private init?(help: JSONValue) {
        let names = help["names"]?.arrayValue ?? []
        guard let name = names.first(where: { $0["kind"] == "long" })?["name"]?.stringValue,
            !["help", "version"].contains(name), help["shouldDisplay"] == true
        else { return nil }
        let texts = ["abstract", "discussion"].compactMap { help[$0]?.stringValue }
        self.init(
            name: name,
            isFlag: help["kind"] == "flag",
            isRepeatable: help["isRepeating"] == true,
            isPath: help["completionKind"]?["file"] != nil || help["completionKind"]?["directory"] != nil,
            defaultValue: help["defaultValue"]?.stringValue,
            meaning: texts.joined(separator: " ").split(separator: "\n").joined(separator: " "),
            group: help["sectionTitle"]?.stringValue
        )
    }
}
