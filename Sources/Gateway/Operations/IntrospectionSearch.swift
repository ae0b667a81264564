internal import GraphQL

/// Finds the fields of a document that ask for the schema.
///
/// https://spec.graphql.org/September2025/#sec-Schema-Introspection
enum IntrospectionSearch {
    /// The most fields that are reported.
    private static let maximumErrors = 100

    /// An error for each field `__schema` and `__type`, up to a hundred; `__typename` is no such field.
    static func errors(in document: Document) -> [GraphQLError] {
        var found: [FieldNode] = []
        for definition in document.definitions {
            switch definition {
            case .operation(let node): search(node.selectionSet, &found)
            case .fragment(let node): search(node.selectionSet, &found)
            case .schema, .type, .directive: break
            }
        }
        return found.map { field in
            let message =
                "Introspection is turned off here, but the document contains the field \"\(field.name.value)\"."
            return GraphQLError(message, at: [field.range], in: document.source)
        }
    }

    private static func search(_ selectionSet: SelectionSetNode, _ found: inout [FieldNode]) {
        for selection in selectionSet.selections where found.count < maximumErrors {
            switch selection {
            case .field(let field):
                let name = field.name.value
                if name == "__schema" || name == "__type" {
                    found.append(field)
                } else if let selectionSet = field.selectionSet {
                    search(selectionSet, &found)
                }
            case .inlineFragment(let fragment): search(fragment.selectionSet, &found)
            case .fragmentSpread: break
            }
        }
    }
}
