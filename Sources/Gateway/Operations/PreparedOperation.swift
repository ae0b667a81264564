package import GraphQL
package import JSON
internal import Upstream

/// An operation that is ready to be executed: planned, with the values of its variables.
package struct PreparedOperation: Sendable {
    package let plan: Plan
    package let variables: VariableValues
    /// The cost of the plan.
    let cost: KnownCost
    /// Identifies the operation in logs.
    let fingerprint: OperationFingerprint
    /// The operation's name; nil: it has none.
    package var name: String?
    /// The aliases of the request, if the plan is that of an operation with others; then only a cached result of the plan is used.
    var renamed: RenamedOperation?

    /// The format of its later results, if it is a live query; nil: it has one result.
    package internal(set) var live: LiveMode?

    /// The keys of its response.
    var responseKeys: ResponseKeys { renamed?.keys ?? plan.responseKeys }

    /// The most selection sets of an operation that is executed on the connection's own thread.
    private static let mostSelectionSets = 32

    /// Whether its execution may take so long that it would hold up other connections: each selection set can be that of a list.
    var takesLong: Bool { plan.selections.count > Self.mostSelectionSets }

    /// The type of an operation.
    package enum Kind: String, Sendable {
        case query
        case mutation
        case subscription
    }

    /// The type of the operation.
    package var kind: Kind {
        switch plan.operation {
        case .query: .query
        case .mutation: .mutation
        case .subscription: .subscription
        }
    }
}

extension StoredDocument {
    /// The reason why an operation of a valid document cannot be executed.
    package enum PreparationFailure: Error, Sendable {
        /// There is no operation with the name, or no name is given and there are several.
        case operation(GraphQLError)
        /// Variables have invalid values.
        case variables([GraphQLError])
        /// The operation cannot be planned.
        case plan(GraphQLError)

        /// The errors, in the order of the document.
        package var errors: [GraphQLError] {
            switch self {
            case .operation(let error), .plan(let error): [error]
            case .variables(let errors): errors
            }
        }
    }

    /// Chooses an operation, coerces its variables and plans it.
    ///
    /// https://spec.graphql.org/September2025/#ExecuteRequest()
    ///
    /// - Parameters:
    ///   - name: the operation's name; nil: the document's only operation.
    ///   - variables: the variables as the client sent them.
    ///   - executable: the schema.
    ///   - maximumErrors: the most errors of variables that are listed.
    /// - Returns: the operation, and whether its plan is new and is cached from now on.
    /// - Throws: the errors of the request.
    package func prepare(
        operationNamed name: String?,
        variables: JSONObject,
        executable: ExecutableSchema,
        maximumErrors: Int = 50
    ) throws(PreparationFailure) -> (operation: PreparedOperation, isNewPlan: Bool) {
        let selected: Selected
        do {
            selected = try operation(named: name)
        } catch {
            throw .operation(error)
        }
        let coerced = coerceVariableValues(
            selected.definition,
            inputs: variables,
            schema: executable.schema,
            source: document.source,
            maximumErrors: maximumErrors
        )
        switch coerced {
        case .errors(let errors):
            throw .variables(errors)
        case .values(let values):
            do {
                let (planned, isNew) = try planning(selected, variables: values, executable: executable)
                var operation = PreparedOperation(
                    plan: planned.plan,
                    variables: values,
                    cost: planned.cost,
                    fingerprint: planned.fingerprint,
                    name: selected.definition.name?.value
                )
                let isLive = try selected.definition.isLive(
                    values,
                    schema: executable.schema,
                    source: document.source
                )
                if isLive { operation.live = .results }
                return (operation, isNew)
            } catch {
                throw .plan(error)
            }
        }
    }
}

extension OperationDefinitionNode {
    /// Whether the operation has `@live`, and its argument `if` is not false.
    ///
    /// - Throws: the error for an argument `if` that is null.
    fileprivate func isLive(
        _ variables: VariableValues,
        schema: Schema,
        source: Source
    ) throws(GraphQLError) -> Bool {
        guard let directive = directives.first(where: { $0.name.value == "live" }),
            let definition = schema.directives["live"]
        else { return false }
        return try coerceArgumentValues(
            definition.arguments,
            arguments: directive.arguments,
            on: directive.range,
            variables: variables,
            schema: schema,
            source: source
        ).get()["if"] != .bool(false)
    }
}
