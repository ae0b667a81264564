internal import Configuration
internal import JSON

/// All settings with their defaults, for the scripts that make documents of them.
enum ConfigurationDescription {
    /// The description in JSON.
    static var json: [UInt8] {
        let sections = Section.all.map { section -> JSONValue in
            ["title": .string(section.title), "members": .array(section.members.map(member))]
        }
        let options = LayeredConfiguration.options.map(option)
        return JSONValue.object(["sections": .array(sections), "options": .array(options)]).serialized()
    }

    private static func member(_ member: SectionMember) -> JSONValue {
        [
            "name": .string(member.name), "kind": .string(member.kind), "meaning": .string(member.meaning),
            "default": member.defaultValue.map { .string($0) } ?? .null,
        ]
    }

    private static func option(_ option: OptionDefinition) -> JSONValue {
        [
            "name": .string(option.name), "variable": .string(option.variable), "meaning": .string(option.meaning),
            "default": option.defaultValue.map { .string($0) } ?? .null, "isFlag": .bool(option.isFlag),
            "isRepeatable": .bool(option.isRepeatable), "isPath": .bool(option.isPath),
            "isAllowedInFile": .bool(option.isAllowedInFile), "group": option.group.map { .string($0) } ?? .null,
        ]
    }
}
