internal import GraphQL
package import JSON
internal import JSONRPC
internal import Upstream

extension RPCService: MCPToolbox {
    /// The methods of the schema as tools, and one that executes any operation.
    package var tools: [MCPTool] {
        let schemas = InlineSchemas(methods.executable.schema)
        return methods.methods.map { method in
            MCPTool(
                name: method.name,
                description: method.description,
                inputSchema: schemas.parameters(of: method),
                outputSchema: schemas.result(of: method),
                isReadOnly: method.operation == .query,
                isDestructive: isDestructive(method)
            )
        } + [Self.execute]
    }

    /// Whether a method may change or delete what is there: one that only adds does not.
    private func isDestructive(_ method: RPCMethod) -> Bool {
        let executable = service.executable
        guard method.operation == .mutation, let type = executable.schema.rootType(of: .mutation) else { return false }
        guard case .bound(let binding) = executable.source(of: method.field, on: type) else { return true }
        return !service.bindings[binding].onlyAdds
    }

    /// Calls a method with parameters by name.
    package func call(_ name: String, arguments: JSONObject, caller: Caller) async -> RPCOutcome {
        await call(name, params: .byName(arguments), caller: caller)
    }

    private static var execute: MCPTool {
        MCPTool(
            name: OwnMethod.execute,
            description: """
                Executes a GraphQL operation, for what the other tools cannot do in one call. Ask for __schema to learn \
                the types.
                """,
            inputSchema: [
                "type": "object",
                "properties": [
                    "query": ["type": "string", "description": "The document."],
                    "variables": ["type": ["object", "null"]], "operationName": ["type": ["string", "null"]],
                ],
                "required": ["query"],
            ],
            outputSchema: ["type": "object", "properties": ["data": [:], "errors": ["type": "array"]]],
            isReadOnly: false,
            isDestructive: true
        )
    }
}

extension MCPService {
    /// A service of the schema's methods.
    package init(_ service: RPCService) {
        let schema = service.methods.executable.schema
        let own = """
            Objects are shown with their own fields. The argument select chooses others and reaches into related objects: a \
            GraphQL selection such as "id name", or field names with dots. Ask for what you need in few calls: each costs \
            requests of a limited budget; a RATE_LIMITED error tells in retryAfter how many seconds to wait.
            """
        self.init(
            toolbox: service,
            title: schema.description.map { String($0.prefix { !$0.isNewline }) } ?? "GraphQL gateway",
            version: "1.0.0",
            instructions: [schema.description, own].compactMap { $0 }.joined(separator: "\n\n"),
            limits: service.limits
        )
    }
}
