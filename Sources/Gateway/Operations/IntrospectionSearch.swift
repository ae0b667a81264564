internal import GraphQL

/// Finds the introspection fields of a document.
///
/// https://spec.graphql.org/September2025/#sec-Schema-Introspection
enum IntrospectionSearch {
    /// An error for each of the first fields `__schema` and `__type`; `__typename` is allowed.
    static func errors(in document: Document, atMost maximum: Int = 100) -> [GraphQLError] {
        var found: [FieldNode] = []
        for definition in document.definitions {
            switch definition {
            case .operation(let node): search(node.selectionSet, &found, atMost: maximum)
            case .fragment(let node): search(node.selectionSet, &found, atMost: maximum)
            case .schema, .type, .directive: break
            }
        }
        return found.map { field in
            let message =
                "Introspection is turned off here, but the document contains the field \"\(field.name.value)\"."
            return GraphQLError(message, at: [field.range], in: document.source)
        }
    }

    private static func search(_ selectionSet: SelectionSetNode, _ found: inout [FieldNode], atMost maximum: Int) {
        for selection in selectionSet.selections where found.count < maximum {
            switch selection {
            case .field(let field):
                let name = field.name.value
                if name == "__schema" || name == "__type" {
                    found.append(field)
                } else if let selectionSet = field.selectionSet {
                    search(selectionSet, &found, atMost: maximum)
                }
            case .inlineFragment(let fragment): search(fragment.selectionSet, &found, atMost: maximum)
            case .fragmentSpread: break
            }
        }
    }
}
