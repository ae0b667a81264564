internal import GraphQL
internal import JSON
internal import JSONRPC
internal import Upstream

extension RPCService {
    /// The effect of a method: one that only adds is not destructive.
    func effect(of method: RPCMethod) -> MCPTool.Effect {
        let executable = service.executable
        guard method.operation == .mutation, let type = executable.schema.rootType(of: .mutation) else { return .reads }
        guard case .bound(let binding) = executable.source(of: method.field, on: type) else { return .any }
        return service.bindings[binding].onlyAdds ? .adds : .replaces
    }

    /// Prepares an operation that is a tool; its arguments are the operation's variables.
    ///
    /// - Throws: the error of an argument that is no variable, or the refusal of the operation.
    func prepare(
        _ tool: OperationTool,
        variables: JSONObject,
        in pipeline: RequestPipeline
    ) throws(RPCError) -> PreparedOperation {
        try tool.check(variables)
        do throws(RequestRefusal) {
            return try pipeline.prepare(tool.text, variables: variables, isDocument: true)
        } catch {
            throw RPCError(error)
        }
    }

    /// Estimates the cost of an operation.
    ///
    /// - Parameters:
    ///   - params: a GraphQL request.
    ///   - pipeline: the pipeline of the request, with its caller.
    /// - Returns: the cost as JSON.
    /// - Throws: the errors of the request.
    func explain(_ params: JSONObject, in pipeline: inout RequestPipeline) throws(RPCError) -> JSONValue {
        let request: GraphQLRequest
        do {
            request = try GraphQLRequest(JSONDocument(.object(params)), at: 0)
        } catch {
            throw .invalidParams(error.message)
        }
        do throws(RequestRefusal) {
            return .object(try pipeline.explain(request))
        } catch {
            throw RPCError(withoutData: GraphQLResponse(error).failure)
        }
    }
}
