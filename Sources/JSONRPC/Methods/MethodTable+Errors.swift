package import GraphQL
internal import JSON

extension MethodTable {
    /// The errors in the methods that fields of queries and mutations declare, and in `@rpc` on other fields.
    ///
    /// Names that begin with `rpc.` are reserved: https://www.jsonrpc.org/specification#extensions.
    ///
    /// - Returns: an error for each method that no client could call, or not as it is declared.
    package static func errors(in schema: Schema) -> [GraphQLError] {
        var fields: [ExactString: String] = [:]
        var errors: [GraphQLError] = []
        for operation in [OperationType.query, .mutation] {
            guard let root = schema.rootType(of: operation) else { continue }
            for field in root.fields {
                guard let name = method(of: field), let directive = field.rpcDirective else { continue }
                let subject = "\(root.name).\(field.name)"
                func report(_ message: String) {
                    errors.append(GraphQLError("\(subject): \(message)", at: [directive.range], in: schema.source))
                }
                if name.isEmpty || name.hasPrefix("rpc.") || ownNames.contains(name) {
                    report("no field can have the method \"\(name)\".")
                } else if let other = fields.updateValue(subject, forKey: ExactString(name)) {
                    report("\(other) has the method \"\(name)\" already.")
                }
                if let other = directive.arguments.first(where: { SubscriptionMethod.arguments.contains($0.name.value) }
                ) {
                    report("`\(other.name.value)` of @rpc is for fields of the subscription type.")
                }
                if field.arguments[RPCMethod.select] != nil, schema.namedType(of: field.type).isComposite {
                    report(
                        "a method has the parameter \"\(RPCMethod.select)\" for a selection: give the argument another name."
                    )
                }
            }
        }
        return errors + errorsBelowRoots(in: schema)
    }

    /// An error for each `@rpc` on a field of a type that is no root type.
    private static func errorsBelowRoots(in schema: Schema) -> [GraphQLError] {
        let operations: [OperationType] = [.query, .mutation, .subscription]
        let roots = operations.compactMap { schema.rootType(of: $0)?.id }
        return schema.types.filter { !roots.contains($0.id) }.flatMap { type in
            type.fields.compactMap { field in
                field.rpcDirective.map { directive in
                    GraphQLError(
                        "\(type.name).\(field.name): @rpc has no effect: only fields of the query, mutation and subscription types "
                            + "are methods.",
                        at: [directive.range],
                        in: schema.source
                    )
                }
            }
        }
    }
}

extension FieldDefinition {
    /// The directive that makes the field a method.
    var rpcDirective: DirectiveNode? { directives.first { $0.name.value == "rpc" } }
}
