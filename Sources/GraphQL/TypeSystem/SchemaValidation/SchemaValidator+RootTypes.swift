extension SchemaValidator {
    /// There is a query type, and operations begin at object types.
    ///
    /// https://spec.graphql.org/September2025/#sec-Root-Operation-Types
    mutating func validateRootTypes() {
        if schema.queryType == nil {
            report("Query root type must be provided.", at: [schema.definitions.first { !$0.isExtension }?.range])
        }
        for operation in OperationType.allCases {
            guard let type = schema.rootType(of: operation), type.kind != .object else { continue }
            let node = schema.definitions.lazy.flatMap(\.operationTypes).first { $0.operation == operation }?.type
            report(
                "\(operation.title) root type must be Object type\(operation == .query ? "" : " if provided"), "
                    + "it cannot be \(type.name).",
                at: [node?.range ?? type.definitions.first?.range]
            )
        }
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
