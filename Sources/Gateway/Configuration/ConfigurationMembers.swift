internal import JSON

/// One object of a configuration file: its members, and where they stand.
struct ConfigurationMembers {
    let text: ConfigurationText
    /// The object's name in messages, with the separator after it; empty for the whole file.
    let title: String
    private let node: Int
    private let members: [(name: String, key: Int, value: Int)]

    /// Reads an object.
    ///
    /// - Parameters:
    ///   - text: the file.
    ///   - node: the object.
    ///   - title: what the object is called in messages; nil: it is the whole file.
    ///   - known: the names that it may have; nil: any.
    /// - Throws: what is wrong with it.
    init(
        _ text: ConfigurationText,
        at node: Int,
        title: String? = nil,
        known: [String]?
    ) throws(ConfigurationFile.Invalid) {
        self.text = text
        self.node = node
        self.title = title.map { "\($0): " } ?? ""
        guard text.document.kind(of: node) == .object else {
            throw text.invalid(at: node, "\(self.title)must be an object.")
        }
        var members: [(name: String, key: Int, value: Int)] = []
        for (key, value) in text.document.members(of: node) {
            members.append((text.document.stringValue(of: key) ?? "", key, value))
        }
        self.members = members
        guard let known, let unknown = members.first(where: { !known.contains($0.name) }) else { return }
        throw text.invalid(
            at: unknown.key,
            "\(self.title)there is no \"\(unknown.name)\"; there are: \(known.joined(separator: ", "))."
        )
    }

    /// The names and values, in the file's order.
    var all: [(name: String, value: Int)] { members.map { ($0.name, $0.value) } }

    /// The node of a member's value.
    subscript(name: String) -> Int? { members.first { $0.name == name }?.value }

    /// Where a member stands, or else the object.
    func location(of name: String) -> String { text.location(of: self[name] ?? node) }

    /// A text that is not empty; nil if there is none.
    func string(_ name: String) throws(ConfigurationFile.Invalid) -> String? {
        guard let value = self[name] else { return nil }
        guard let text = text.document.stringValue(of: value), !text.isEmpty else {
            throw invalid(name, "must be a text that is not empty")
        }
        return text
    }

    /// The elements of a list; empty if there is none.
    func list(_ name: String) throws(ConfigurationFile.Invalid) -> [Int] {
        guard let value = self[name] else { return [] }
        guard text.document.kind(of: value) == .array else { throw invalid(name, "must be a list") }
        return Array(text.document.elements(of: value))
    }

    /// An error that concerns one member.
    func invalid(_ name: String, _ words: String) -> ConfigurationFile.Invalid {
        text.invalid(at: self[name] ?? node, "\(title)\"\(name)\" \(words).")
    }

    /// An error that concerns the object.
    func invalid(_ words: String) -> ConfigurationFile.Invalid { text.invalid(at: node, "\(title)\(words)") }
}
