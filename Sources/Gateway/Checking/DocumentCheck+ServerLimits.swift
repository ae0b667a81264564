internal import GraphQL

extension DocumentCheck.ServerLimits {
    /// The errors of the operations that exceed a limit, each operation with the fragments that it spreads.
    func errors(in document: Document) -> [GraphQLError] {
        var fragments: [String: FragmentDefinitionNode] = [:]
        for case .fragment(let node) in document.definitions { fragments[node.name.value] = node }
        var errors: [GraphQLError] = []
        for case .operation(let operation) in document.definitions {
            do {
                _ = try Document(parsing: text(of: operation, fragments, in: document.source), limits: parser)
            } catch {
                errors.append(GraphQLError(error.message, at: [operation.range], in: document.source))
            }
        }
        return errors + self.document.errors(in: document)
    }

    private func text(
        of operation: OperationDefinitionNode,
        _ fragments: [String: FragmentDefinitionNode],
        in source: Source
    ) -> Source {
        var ranges = [operation.range]
        var known: Set<String> = []
        var pending = [operation.selectionSet]
        while let next = pending.popLast() {
            for spread in next.fragmentSpreads where known.insert(spread.name.value).inserted {
                guard let fragment = fragments[spread.name.value] else { continue }
                ranges.append(fragment.range)
                pending.append(fragment.selectionSet)
            }
        }
        let parts = ranges.map { source.text.prefix(Int($0.end)).dropFirst(Int($0.start)) }
        return Source(Array(parts.joined(separator: [UInt8(ascii: "\n")])))
    }
}
