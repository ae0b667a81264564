/// One rule of validation.
///
/// https://spec.graphql.org/September2025/#sec-Validation
///
/// All rules share one pass over the document. A rule declares the kinds of nodes that it enters and leaves,
/// and implements exactly those hooks; the others are never called. It is made when its first hook is called.
package protocol ValidationRule: AnyObject, SendableMetatype {
    /// The kinds of nodes that the rule enters.
    static var entered: NodeKinds { get }
    /// The kinds of nodes that the rule leaves, of `document`, `operationDefinition`, `field`, `directive` and `object`.
    static var left: NodeKinds { get }

    init(_ context: ValidationContext)

    // Entering nodes of executable documents.
    func enter(document: Document) -> VisitAction
    func enter(operation: OperationDefinitionNode) -> VisitAction
    func enter(variableDefinition: VariableDefinitionNode) -> VisitAction
    func enter(selectionSet: SelectionSetNode) -> VisitAction
    func enter(field: FieldNode) -> VisitAction
    func enter(argument: ArgumentNode) -> VisitAction
    func enter(fragmentSpread: FragmentSpreadNode) -> VisitAction
    func enter(inlineFragment: InlineFragmentNode) -> VisitAction
    func enter(fragment: FragmentDefinitionNode) -> VisitAction
    /// Enters a directive at a location.
    func enter(directive: DirectiveNode, at location: DirectiveLocation) -> VisitAction
    func enter(namedType: NamedTypeNode) -> VisitAction
    /// Enters a value of any of the kinds that the rule declares.
    func enter(value: ValueNode) -> VisitAction
    func enter(objectField: ObjectFieldNode) -> VisitAction

    // Entering nodes of type system documents.
    func enter(schema: SchemaDefinitionNode) -> VisitAction
    func enter(operationType: OperationTypeDefinitionNode) -> VisitAction
    func enter(type: TypeDefinitionNode) -> VisitAction
    func enter(fieldDefinition: FieldDefinitionNode) -> VisitAction
    func enter(inputValue: InputValueDefinitionNode) -> VisitAction
    func enter(enumValue: EnumValueDefinitionNode) -> VisitAction
    func enter(directiveDefinition: DirectiveDefinitionNode) -> VisitAction

    // Leaving nodes.
    func leave(document: Document)
    func leave(operation: OperationDefinitionNode)
    func leave(field: FieldNode)
    func leave(directive: DirectiveNode)
    func leave(object: ValueNode)
}

extension ValidationRule {
    package static var left: NodeKinds { [] }

    package func enter(document: Document) -> VisitAction { .proceed }
    package func enter(operation: OperationDefinitionNode) -> VisitAction { .proceed }
    package func enter(variableDefinition: VariableDefinitionNode) -> VisitAction { .proceed }
    package func enter(selectionSet: SelectionSetNode) -> VisitAction { .proceed }
    package func enter(field: FieldNode) -> VisitAction { .proceed }
    package func enter(argument: ArgumentNode) -> VisitAction { .proceed }
    package func enter(fragmentSpread: FragmentSpreadNode) -> VisitAction { .proceed }
    package func enter(inlineFragment: InlineFragmentNode) -> VisitAction { .proceed }
    package func enter(fragment: FragmentDefinitionNode) -> VisitAction { .proceed }
    package func enter(directive: DirectiveNode, at location: DirectiveLocation) -> VisitAction { .proceed }
    package func enter(namedType: NamedTypeNode) -> VisitAction { .proceed }
    package func enter(value: ValueNode) -> VisitAction { .proceed }
    package func enter(objectField: ObjectFieldNode) -> VisitAction { .proceed }

    package func enter(schema: SchemaDefinitionNode) -> VisitAction { .proceed }
    package func enter(operationType: OperationTypeDefinitionNode) -> VisitAction { .proceed }
    package func enter(type: TypeDefinitionNode) -> VisitAction { .proceed }
    package func enter(fieldDefinition: FieldDefinitionNode) -> VisitAction { .proceed }
    package func enter(inputValue: InputValueDefinitionNode) -> VisitAction { .proceed }
    package func enter(enumValue: EnumValueDefinitionNode) -> VisitAction { .proceed }
    package func enter(directiveDefinition: DirectiveDefinitionNode) -> VisitAction { .proceed }

    package func leave(document: Document) {}
    package func leave(operation: OperationDefinitionNode) {}
    package func leave(field: FieldNode) {}
    package func leave(directive: DirectiveNode) {}
    package func leave(object: ValueNode) {}
}
