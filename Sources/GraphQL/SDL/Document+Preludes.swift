extension Document {
    /// The document without definitions of directives that repeat those of preludes, descriptions aside.
    ///
    /// So that the text that a schema is printed as, which has them, can be loaded again.
    func withoutDirectives(of preludes: [Document]) -> Document {
        let signatures = Set(preludes.flatMap(\.definitions).compactMap(\.directiveSignature))
        guard !signatures.isEmpty else { return self }
        let remaining = definitions.filter { $0.directiveSignature.map { !signatures.contains($0) } ?? true }
        return Document(definitions: remaining, source: source, tokenCount: tokenCount)
    }
}

extension DefinitionNode {
    /// All that matters of a directive's definition, as text; nil for other definitions.
    fileprivate var directiveSignature: String? {
        guard case .directive(let node) = self else { return nil }
        let arguments = node.arguments.map { argument in
            let directives = argument.directives.map(\.text).joined(separator: " ")
            return "\(argument.name.value): \(argument.type.text) = \(argument.defaultValue?.text ?? "") \(directives)"
        }
        let locations = node.locations.map(\.value).joined(separator: "|")
        return "@\(node.name.value)(\(arguments.joined(separator: ", "))) \(node.isRepeatable) \(locations)"
    }
}
