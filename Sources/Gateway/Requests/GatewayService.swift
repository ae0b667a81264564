internal import GraphQL
internal import JSON
package import Upstream

/// Answers GraphQL requests: the way from a request to a response, whatever door it came through.
package final class GatewayService: Sendable {
    private let executable: ExecutableSchema
    private let bindings: BindingTable
    private let client: UpstreamClient
    private let operations: OperationStore
    private let limits: RequestLimits

    /// Makes a service.
    package init(schema: LoadedSchema, client: UpstreamClient, limits: RequestLimits = RequestLimits()) {
        executable = schema.executable
        bindings = schema.bindings
        self.client = client
        self.limits = limits
        operations = OperationStore(
            schema: schema.executable.schema,
            limits: limits.parser,
            capacity: limits.operationStoreBytes
        )
    }

    /// Executes a request.
    ///
    /// https://spec.graphql.org/September2025/#ExecuteRequest()
    package func respond(to request: GraphQLRequest, credential: Credential) async -> GraphQLResponse {
        switch prepare(request) {
        case .refused(let response):
            return response
        case .ready(let plan, let variables):
            let deadline = ContinuousClock.now + limits.timeout
            let session = CallSession(client: client, credential: credential, deadline: deadline)
            var execution = Execution(plan: plan, variables: variables)
            await execution.run(with: UpstreamResolver(table: bindings, session: session))
            return write(execution)
        }
    }

    private enum Preparation {
        case ready(Plan, VariableValues)
        case refused(GraphQLResponse)
    }

    /// Parses, validates, chooses the operation, coerces its variables and plans it; most of that is kept.
    private func prepare(_ request: GraphQLRequest) -> Preparation {
        do {
            let document = try operations.document(request.query)
            return try plan(request, of: document)
        } catch let refusal as OperationStore.Refusal {
            switch refusal {
            case .syntax(let error): return .refused(.refused([error], code: .graphqlParseFailed))
            case .invalid(let errors): return .refused(.refused(errors, code: .graphqlValidationFailed))
            }
        } catch let error as GraphQLError {
            return .refused(.refused([error], code: .badUserInput))
        } catch {
            return .refused(.refused([GraphQLError("The gateway failed.")], code: .internal))
        }
    }

    private func plan(_ request: GraphQLRequest, of document: StoredDocument) throws(GraphQLError) -> Preparation {
        let operation = try document.operation(named: request.operationName)
        let coerced = coerceVariableValues(
            operation.definition,
            inputs: request.variables,
            schema: executable.schema,
            source: document.document.source
        )
        switch coerced {
        case .errors(let errors):
            return .refused(.refused(errors, code: .badUserInput))
        case .values(let values):
            return .ready(try document.plan(operation, variables: values, executable: executable), values)
        }
    }

    private func write(_ execution: Execution) -> GraphQLResponse {
        var output = OutputBuffer(minimumCapacity: 4096)
        execution.write(into: &output, maximumErrors: limits.maximumErrors)
        return GraphQLResponse(kind: .executed, body: output.array())
    }
}
