package import GraphQL

/// A root field as a method.
package struct RPCMethod: Sendable {
    /// The name by which clients call the method.
    package let name: String
    /// The root field that the method selects.
    package let field: FieldDefinition
    /// The operation type of the field: query, mutation or subscription.
    package let operation: OperationType
    /// The operation that a call without `select` executes.
    package let operationText: String

    /// The field's description; nil: it has none.
    package var description: String? { field.description }

    /// The name of the parameter with the selection of the result.
    package static let select = "select"
}
