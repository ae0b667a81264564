/// A field.
///
/// https://spec.graphql.org/September2025/#sec-Language.Fields
package final class FieldNode: Sendable {
    package let alias: NameNode?
    package let name: NameNode
    package let arguments: [ArgumentNode]
    package let directives: [DirectiveNode]
    package let selectionSet: SelectionSetNode?
    package let range: SourceRange

    package init(
        alias: NameNode?,
        name: NameNode,
        arguments: [ArgumentNode],
        directives: [DirectiveNode],
        selectionSet: SelectionSetNode?,
        range: SourceRange
    ) {
        self.alias = alias
        self.name = name
        self.arguments = arguments
        self.directives = directives
        self.selectionSet = selectionSet
        self.range = range
    }

    /// The field's key in the response: its alias, else its name. https://spec.graphql.org/September2025/#sec-Field-Alias
    package var responseKey: NameNode { alias ?? name }
}
