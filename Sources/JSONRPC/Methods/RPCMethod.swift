package import GraphQL

/// A root field as a method.
package struct RPCMethod: Sendable {
    package let name: String
    package let field: FieldDefinition
    /// Whether the field reads or writes.
    package let operation: OperationType
    /// The operation that a call without `select` runs.
    package let operationText: String

    /// The kind of operation that the method is.
    package var description: String? { field.description }

    /// The parameter that chooses what of the result is shown.
    package static let select = "select"
}
