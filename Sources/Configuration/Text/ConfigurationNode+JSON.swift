internal import JSON

extension ConfigurationNode {
    /// Parses a JSON text.
    init(json bytes: [UInt8]) throws(TextFault) {
        let document: JSONDocument
        do throws(JSONError) {
            document = try JSONDocument(parsing: bytes)
            _ = try JSONValue(parsing: bytes, duplicateKeys: .reject)
        } catch {
            throw TextFault(position: TextPosition(of: error.offset, in: bytes), message: error.message)
        }
        self = try Self.node(0, of: document, depth: 0)
    }

    private static func node(
        _ node: Int,
        of document: JSONDocument,
        depth: Int
    ) throws(TextFault) -> ConfigurationNode {
        let position = position(of: node, in: document)
        guard depth < ConfigurationText.maximumDepth else { throw .tooDeep(position) }
        switch document.kind(of: node) {
        case .object:
            var members: [Member] = []
            for (member, value) in document.members(of: node) {
                members.append(
                    Member(
                        name: document.name(of: member) ?? "",
                        namePosition: TextPosition(of: document.nameOffset(of: member) ?? 0, in: document.bytes),
                        value: try Self.node(value, of: document, depth: depth + 1)
                    )
                )
            }
            return ConfigurationNode(position: position, content: .members(members))
        case .array:
            var elements: [ConfigurationNode] = []
            for element in document.elements(of: node) {
                elements.append(try Self.node(element, of: document, depth: depth + 1))
            }
            return ConfigurationNode(position: position, content: .list(elements))
        default:
            let text = document.stringValue(of: node)
            let plain = String(decoding: document.rawBytes(of: node), as: UTF8.self)
            let scalar = Scalar(text: text ?? plain, isPlain: text == nil)
            return ConfigurationNode(position: position, content: .scalar(scalar))
        }
    }

    private static func position(of node: Int, in document: JSONDocument) -> TextPosition {
        TextPosition(of: document.rawBytes(of: node).startIndex, in: document.bytes)
    }
}

extension TextFault {
    /// The fault of values that are nested too deeply.
    static func tooDeep(_ position: TextPosition) -> TextFault {
        TextFault(
            position: position,
            message: "values nest more than \(ConfigurationText.maximumDepth) deep."
        )
    }
}
