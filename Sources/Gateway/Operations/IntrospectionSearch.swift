internal import GraphQL

/// Finds the fields of a document that ask for the schema.
///
/// https://spec.graphql.org/September2025/#sec-Schema-Introspection
enum IntrospectionSearch {
    /// An error for each field `__schema` and `__type`; `__typename` is no such field.
    static func errors(in document: Document) -> [GraphQLError] {
        var errors: [GraphQLError] = []
        for definition in document.definitions {
            switch definition {
            case .operation(let node): search(node.selectionSet, of: document, &errors)
            case .fragment(let node): search(node.selectionSet, of: document, &errors)
            case .schema, .type, .directive: break
            }
        }
        return errors
    }

    private static func search(_ selectionSet: SelectionSetNode, of document: Document, _ errors: inout [GraphQLError])
    {
        for selection in selectionSet.selections {
            switch selection {
            case .field(let field):
                let name = field.name.value
                if name == "__schema" || name == "__type" {
                    let message = "Introspection is turned off here, but the document contains the field \"\(name)\"."
                    errors.append(GraphQLError(message, at: [field.range], in: document.source))
                } else if let selectionSet = field.selectionSet {
                    search(selectionSet, of: document, &errors)
                }
            case .inlineFragment(let fragment): search(fragment.selectionSet, of: document, &errors)
            case .fragmentSpread: break
            }
        }
    }
}
