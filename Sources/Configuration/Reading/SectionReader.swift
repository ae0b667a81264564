internal import GraphQL

/// Reads the members of one section; problems are added to those of the file, and reading continues.
struct SectionReader {
    let position: TextPosition
    /// The section's name in messages, with a separator; empty for the whole file.
    let title: String
    let problems: ProblemList
    private let members: [ConfigurationNode.Member]

    /// Makes a reader of a section; nil if the value has no members.
    ///
    /// - Parameters:
    ///   - node: the value.
    ///   - title: the section's name in messages; nil: it is the whole file.
    ///   - section: the members that it may have; nil: any.
    ///   - problems: the problems of the file.
    ///   - refused: names with a message of their own instead of that for unknown names.
    init?(
        _ node: ConfigurationNode,
        title: String? = nil,
        _ section: Section?,
        _ problems: ProblemList,
        refused: [String: String] = [:]
    ) {
        position = node.position
        self.title = title.map { "\($0): " } ?? ""
        self.problems = problems
        guard case .members(let members) = node.content else {
            problems.add(node.position, "\(self.title)must be an object.")
            return nil
        }
        self.members = members
        guard let section else { return }
        for member in members where !section.names.contains(member.name) {
            if let words = refused[member.name] {
                problems.add(member.namePosition, "\(self.title)\"\(member.name)\" \(words).")
            } else {
                addUnknown(member.name, at: member.namePosition, known: section.names)
            }
        }
    }

    /// Makes a reader of members.
    init(members: [ConfigurationNode.Member], at position: TextPosition, _ problems: ProblemList) {
        self.members = members
        self.position = position
        self.problems = problems
        title = ""
    }

    /// The members, in the file's order.
    var all: [ConfigurationNode.Member] { members }

    /// A member's value.
    subscript(name: String) -> ConfigurationNode? { members.first { $0.name == name }?.value }

    /// The position of a member's value, or else of the section.
    func position(of name: String) -> TextPosition { self[name]?.position ?? position }

    /// The location of a member's value, or else of the section: file, line and column.
    func location(of name: String) -> String { "\(problems.file):\(position(of: name))" }

    // MARK: - Problems

    /// Adds a problem of one member, optionally at a position within it.
    func add(_ name: String, _ words: String, at place: TextPosition? = nil) {
        problems.add(place ?? position(of: name), "\(title)\"\(name)\" \(words).")
    }

    /// Adds a problem of the section.
    func add(_ words: String) { problems.add(position, "\(title)\(words)") }

    /// Adds the problem of an unknown member.
    func addUnknown(_ name: String, at position: TextPosition, known: [String]) {
        let suggestion = didYouMean(suggestionList(name, known))
        let end = suggestion.isEmpty ? "; there are: \(known.joined(separator: ", "))." : ".\(suggestion)"
        problems.add(position, "\(title)there is no \"\(name)\"\(end)")
    }

    // MARK: - Values

    /// The value of a non-empty text; nil: there is none.
    func text(_ name: String) -> String? {
        guard let value = self[name] else { return nil }
        guard let scalar = value.scalar, !scalar.isNull, !scalar.text.isEmpty else {
            add(name, "must be a text that is not empty")
            return nil
        }
        return scalar.text
    }

    /// The value of a whole number; nil: there is none.
    func integer(_ name: String, in range: ClosedRange<Int>) -> Int? {
        guard let value = self[name] else { return nil }
        guard let scalar = value.scalar, scalar.isPlain, let number = Int(scalar.text), range.contains(number) else {
            let (least, most) = (range.lowerBound, range.upperBound)
            let limit = most == .max ? "of \(least) or more" : "from \(least) to \(most)"
            add(name, "must be a whole number \(limit)")
            return nil
        }
        return number
    }

    /// The value of true or false; false: there is none.
    func boolean(_ name: String) -> Bool {
        guard let value = self[name] else { return false }
        guard let boolean = value.scalar?.boolean else {
            add(name, "must be true or false")
            return false
        }
        return boolean
    }

    /// The elements of a list; empty: there is none.
    func list(_ name: String) -> [ConfigurationNode] {
        guard let value = self[name] else { return [] }
        guard case .list(let elements) = value.content else {
            add(name, "must be a list")
            return []
        }
        return elements
    }

    /// The texts of a list, or one text; nil: there is none.
    func texts(_ name: String) -> [String]? { positionedTexts(name)?.map(\.text) }

    /// The texts of a list, or one text, with their positions; nil: there is none.
    func positionedTexts(_ name: String) -> [(text: String, position: TextPosition)]? {
        guard let value = self[name] else { return nil }
        if value.scalar != nil { return text(name).map { [($0, value.position)] } ?? [] }
        return list(name).compactMap { element in
            guard let scalar = element.scalar, !scalar.isNull, !scalar.text.isEmpty else {
                problems.add(element.position, "\(title)\"\(name)\" must have texts that are not empty.")
                return nil
            }
            return (scalar.text, element.position)
        }
    }
}
