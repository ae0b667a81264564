internal import JSON

extension ResponseReader {
    /// The members that an error's body blames, in whichever of the usual ways it does.
    func refusedFields(in json: JSONDocument) -> [RefusedField] {
        let root = json.value(at: 0)
        let error = root[conventions.error.name]
        var found: [RefusedField] = []
        for holder in [root, error].compactMap(\.self) {
            for list in conventions.blame.lists { collect(holder[list], below: [], into: &found) }
        }
        if found.isEmpty {
            for holder in [error, root].compactMap(\.self) where found.isEmpty {
                if let names = names(in: holder) { found.append(RefusedField(names: names, message: nil)) }
            }
        }
        if found.isEmpty, let message = message(in: json), let names = Self.leadingName(of: message) {
            found.append(RefusedField(names: names, message: nil))
        }
        return found
    }

    private func collect(_ value: JSONValue?, below path: [String], into found: inout [RefusedField]) {
        switch value {
        case .object(let members)?:
            for (name, value) in members {
                switch value {
                case .object: collect(value, below: path + [name], into: &found)
                case .array(let texts):
                    found.append(RefusedField(names: path + Self.names(name), message: texts.first?.stringValue))
                case .string(let text): found.append(RefusedField(names: path + Self.names(name), message: text))
                case .null, .bool, .number: break
                }
            }
        case .array(let items)? where path.isEmpty:
            for item in items {
                guard let names = names(in: item) else { continue }
                let message = conventions.blame.reasons.lazy.compactMap { item[$0]?.stringValue }.first
                found.append(RefusedField(names: names, message: message))
            }
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
