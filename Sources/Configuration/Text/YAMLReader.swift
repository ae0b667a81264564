/// Parses a YAML text into nodes.
struct YAMLReader: ~Copyable {
    private var events: YAMLEvents

    /// Parses a text with one document.
    ///
    /// - Returns: the document; nil: the text has none.
    /// - Throws: the first fault of the text.
    static func read(_ bytes: [UInt8]) throws(TextFault) -> ConfigurationNode? {
        // SAFETY: the events end before the bytes do.
        try unsafe bytes.withUnsafeBufferPointer { text throws(TextFault) in
            var reader = YAMLReader(events: try unsafe YAMLEvents(text))
            return try reader.document()
        }
    }

    private init(events: consuming YAMLEvents) {
        self.events = events
    }

    private mutating func document() throws(TextFault) -> ConfigurationNode? {
        _ = try events.next()
        guard case .documentStart = try events.next().kind else { return nil }
        let node = try node(events.next(), depth: 0)
        _ = try events.next()
        let next = try events.next()
        guard case .streamEnd = next.kind else {
            throw TextFault(position: next.position, message: "the file must have one document.")
        }
        return node.scalar?.isNull == true ? nil : node
    }

    private mutating func node(_ event: YAMLEvent, depth: Int) throws(TextFault) -> ConfigurationNode {
        guard depth < ConfigurationText.maximumDepth else { throw .tooDeep(event.position) }
        switch event.kind {
        case .scalar(let scalar):
            return ConfigurationNode(position: event.position, content: .scalar(scalar))
        case .membersStart:
            return ConfigurationNode(position: event.position, content: .members(try members(depth: depth)))
        default:
            return ConfigurationNode(position: event.position, content: .list(try elements(depth: depth)))
        }
    }

    private mutating func elements(depth: Int) throws(TextFault) -> [ConfigurationNode] {
        var elements: [ConfigurationNode] = []
        while true {
            let event = try events.next()
            if case .listEnd = event.kind { return elements }
            elements.append(try node(event, depth: depth + 1))
        }
    }

    private mutating func members(depth: Int) throws(TextFault) -> [ConfigurationNode.Member] {
        var members: [ConfigurationNode.Member] = []
        var names: [String: TextPosition] = [:]
        while true {
            let event = try events.next()
            if case .membersEnd = event.kind { return members }
            guard case .scalar(let name) = event.kind else {
                throw TextFault(position: event.position, message: "a key must be a text.")
            }
            if let first = names.updateValue(event.position, forKey: name.text) {
                throw TextFault(
                    position: event.position,
                    message: "\"\(name.text)\" stands here twice; it is in line \(first.line) too."
                )
            }
            let value = try node(events.next(), depth: depth + 1)
            members.append(.init(name: name.text, namePosition: event.position, value: value))
        }
    }
}
