extension SchemaValidator {
    /// There is a query type, and operations begin at object types, each kind at one of its own.
    ///
    /// https://spec.graphql.org/September2025/#sec-Root-Operation-Types
    mutating func validateRootTypes() {
        if schema.queryType == nil {
            report("Query root type must be provided.", at: [schema.definitions.first { !$0.isExtension }?.range])
        }
        for operation in OperationType.allCases {
            guard let type = schema.rootType(of: operation), type.kind != .object else { continue }
            report(
                "\(operation.title) root type must be Object type\(operation == .query ? "" : " if provided"), "
                    + "it cannot be \(type.name).",
                at: [node(of: operation)?.range ?? type.definitions.first?.range]
            )
        }
        validateDistinctRootTypes()
    }

    /// No type is the root of two operation types; graphql-js 16 does not check this, and the message is that of graphql-js 17.
    private mutating func validateDistinctRootTypes() {
        var reported: Set<TypeID> = []
        for first in OperationType.allCases {
            guard let type = schema.rootType(of: first), type.kind == .object, !reported.contains(type.id) else {
                continue
            }
            let operations = OperationType.allCases.filter { schema.rootType(of: $0) === type }
            guard operations.count > 1 else { continue }
            reported.insert(type.id)
            let names = operations.map(\.rawValue)
            let list = names.count == 2 ? names.joined(separator: " and ") : "query, mutation, and subscription"
            report(
                "All root types must be different, \"\(type.name)\" type is used as \(list) root types.",
                at: operations.map { node(of: $0)?.range }
            )
        }
    }

    /// The node of the root type of an operation type in the schema definition.
    private func node(of operation: OperationType) -> NamedTypeNode? {
        schema.definitions.lazy.flatMap(\.operationTypes).first { $0.operation == operation }?.type
    }
}

extension OperationType {
    /// The kind of operation at the beginning of a sentence.
    fileprivate var title: String {
        switch self {
        case .query: "Query"
        case .mutation: "Mutation"
        case .subscription: "Subscription"
        }
    }
}
