/// Reads the options of a file.
enum OptionSection {
    /// Reads all options, in the file's order.
    static func read(_ file: SectionReader, _ rules: ConfigurationRules) -> [ConfigurationFile.Option] {
        guard let node = file["options"] else { return [] }
        guard let section = SectionReader(node, title: "options", nil, file.problems) else { return [] }
        return section.all.flatMap { options($0, section, rules) }
    }

    private static func options(
        _ member: ConfigurationNode.Member,
        _ section: SectionReader,
        _ rules: ConfigurationRules
    ) -> [ConfigurationFile.Option] {
        let name = rules.currentName(member.name)
        guard !OptionDefinition.outsideFiles.contains(name) else {
            section.add(member.name, "cannot stand in a configuration file")
            return []
        }
        let definition = rules.option(member.name)
        if let known = rules.options, definition == nil {
            let names = known.filter(\.isAllowedInFile).map(\.name)
            section.addUnknown(member.name, at: member.namePosition, known: names)
            return []
        }
        var elements = [member.value]
        if case .list(let list) = member.value.content {
            elements = list
            if definition?.isRepeatable == false {
                section.add(member.name, "takes one value, not a list")
                return []
            }
        }
        return elements.compactMap { element in
            guard let scalar = element.scalar, !scalar.isNull else {
                section.add(member.name, "must be a text, a number, true, false or a list of these")
                return nil
            }
            let isFlag = definition?.isFlag ?? (scalar.boolean != nil)
            guard isFlag else {
                if definition?.isPath == true, scalar.text.isEmpty {
                    // An empty path would stand for the file's own folder, which may have keys.
                    let words = "must be a path that is not empty."
                    section.problems.add(element.position, "\(section.title)\"\(member.name)\" \(words)")
                    return nil
                }
                let value = definition?.isPath == true ? rules.path(scalar.text) : scalar.text
                return ConfigurationFile.Option(name: name, value: value, position: element.position)
            }
            guard let isSet = scalar.boolean else {
                section.add(member.name, "must be true or false")
                return nil
            }
            return isSet ? ConfigurationFile.Option(name: name, value: nil, position: element.position) : nil
        }
    }
}
