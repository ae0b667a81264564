internal import JSON

extension ResponseReader {
    /// The members that an error's body rejects, in any of the usual formats, and the reasons without a member.
    func refusedFields(in json: JSONDocument) -> [RefusedField] {
        let root = json.value(at: 0)
        let error = root[conventions.error.name]
        var found: [RefusedField] = []
        for holder in [root, error].compactMap(\.self) {
            for list in conventions.blame.lists { collect(holder[list], below: [], into: &found) }
        }
        guard found.allSatisfy(\.names.isEmpty) else { return found }
        for holder in [error, root].compactMap(\.self) {
            if let names = names(in: holder) { return found + [RefusedField(names: names, message: nil)] }
        }
        if let message = message(in: json), let names = Self.leadingName(of: message) {
            found.append(RefusedField(names: names, message: nil))
        }
        return found
    }

    /// The text of a refusal: its message, and the reasons that it does not repeat.
    ///
    /// - Parameters:
    ///   - json: the body.
    ///   - summary: the text of a body without a message.
    /// - Returns: a text such as `Validation failed: title: is too long; tags.0: is unknown`.
    func refusal(in json: JSONDocument, summary: String) -> String {
        let message = message(in: json).map { MessageText.bounded($0) } ?? summary
        var reasons: [String] = []
        for field in refusedFields(in: json).prefix(Self.mostFields) {
            guard let reason = field.message.map({ MessageText.bounded($0) }), !reason.isEmpty,
                !message.contains(reason)
            else { continue }
            let isNamed = field.names.last.map { !reason.contains($0) } ?? false
            let text = isNamed ? "\(field.names.joined(separator: ".")): \(reason)" : reason
            if !reasons.contains(text) { reasons.append(text) }
            if reasons.count == Self.mostReasons { break }
        }
        guard !reasons.isEmpty else { return message }
        let sign = message.last.map { ".!?:".contains($0) } ?? true ? "" : ":"
        return "\(message)\(sign) \(reasons.joined(separator: "; "))"
    }

    /// The most refused members whose reasons are looked at.
    private static let mostFields = 100
    /// The most reasons that the text of a refusal has.
    private static let mostReasons = 10

    /// Whether a body with a success status rejects a member: the first of the lists is not empty, or an item of another list has a name
    /// and a reason.
    func blamesSomething(_ json: JSONDocument) -> Bool {
        let root = json.value(at: 0)
        return conventions.blame.lists.enumerated().contains { position, list in
            var found: [RefusedField] = []
            collect(root[list], below: [], into: &found)
            if position == 0 { return !found.isEmpty }
            guard case .array? = root[list] else { return false }
            return found.contains { !$0.names.isEmpty && $0.message != nil }
        }
    }

    private func collect(_ value: JSONValue?, below path: [String], into found: inout [RefusedField]) {
        switch value {
        case .object(let members)?:
            for (name, value) in members {
                switch value {
                case .object: collect(value, below: path + [name], into: &found)
                case .array(let texts):
                    let message = texts.compactMap(\.stringValue).joined(separator: ", ")
                    found.append(
                        RefusedField(names: path + Self.names(name), message: message.isEmpty ? nil : message)
                    )
                case .string(let text): found.append(RefusedField(names: path + Self.names(name), message: text))
                case .null, .bool, .number: break
                }
            }
        case .array(let items)? where path.isEmpty:
            for item in items {
                let reasons = conventions.blame.reasons.lazy.compactMap { item[$0]?.stringValue }
                let message = item.stringValue ?? reasons.first
                let names = names(in: item)
                if names != nil || message != nil { found.append(RefusedField(names: names ?? [], message: message)) }
            }
        case .string(let text)? where path.isEmpty && !text.isEmpty:
            found.append(RefusedField(names: [], message: text))
        case .array?, .null?, .bool?, .number?, .string?, nil:
            break
        }
    }

    private func names(in item: JSONValue) -> [String]? {
        for member in conventions.blame.names {
            switch item[member] {
            case .string(let text)? where !text.isEmpty: return Self.names(text)
            case .array(let steps)?: return steps.compactMap(\.scalarText)
            case .string?, .null?, .bool?, .number?, .object?, nil: continue
            }
        }
        return nil
    }

    /// The steps of a path: `a.b`, `/a/b` or `a[b]`.
    private static func names(_ text: String) -> [String] {
        text.split { "./[]".contains($0) }.map(String.init)
    }

    /// A message that begins with a name, as in `name must be a text`.
    private static func leadingName(of message: String) -> [String]? {
        let word = message.prefix { $0 != " " && $0 != ":" }
        guard word.count < message.count else { return nil }
        return names(word.filter { !"'\"`".contains($0) })
    }
}
