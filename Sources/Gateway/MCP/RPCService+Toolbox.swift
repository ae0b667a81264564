internal import GraphQL
package import JSON
internal import JSONRPC
internal import Upstream

extension RPCService: MCPToolbox {
    /// The most bytes of `tools/list`: a host puts all of it before a model.
    private static var maximumListBytes: Int { 16_000 }

    /// The methods of the schema as tools, and one that executes any operation; described in as much detail as there is room.
    package var tools: [MCPTool] {
        var tools: [MCPTool] = []
        for detail in ToolSchemas.Detail.allCases {
            tools = self.tools(ToolSchemas(methods, detail: detail))
            if MCPToolTable(tools).json.serialized().count <= Self.maximumListBytes { break }
        }
        return tools
    }

    private func tools(_ schemas: ToolSchemas) -> [MCPTool] {
        methods.methods.map { method in
            MCPTool(
                name: method.name,
                description: method.description,
                inputSchema: schemas.parameters(of: method),
                outputSchema: schemas.result(of: method),
                effect: effect(of: method)
            )
        } + [Self.execute]
    }

    /// The effect of a method: one that only adds is not destructive.
    private func effect(of method: RPCMethod) -> MCPTool.Effect {
        let executable = service.executable
        guard method.operation == .mutation, let type = executable.schema.rootType(of: .mutation) else { return .reads }
        guard case .bound(let binding) = executable.source(of: method.field, on: type) else { return .any }
        return service.bindings[binding].onlyAdds ? .adds : .replaces
    }

    /// Calls a method with parameters by name.
    ///
    /// An operation that was not executed is a call that failed, although `graphql.execute` has a result.
    package func call(_ name: String, arguments: JSONObject, caller: Caller) async -> RPCOutcome {
        await begin(name, arguments: arguments, caller: caller).value().outcome
    }

    package func begin(_ name: String, arguments: JSONObject, caller: Caller) -> Reply<RPCCallResult> {
        let reply = call(name, params: .byName(arguments), caller: caller) { operation in
            guard let alias = operation.plan.misleadingAlias else { return nil }
            return .invalidParams("In \"select\" the alias \"\(alias)\" is another field's name; choose another one.")
        }
        guard name == OwnMethod.execute else { return reply }
        switch reply {
        case .now(var result):
            result.outcome = Self.withoutFailedResult(result.outcome)
            return .now(result)
        case .later(let wait):
            return .later {
                var result = await wait()
                result.outcome = Self.withoutFailedResult(result.outcome)
                return result
            }
        }
    }

    /// The outcome of `graphql.execute`; a response without data is a failure.
    private static func withoutFailedResult(_ outcome: RPCOutcome) -> RPCOutcome {
        guard case .result(let value) = outcome, let response = try? JSONValue(parsing: value),
            response["data"]?.isNull ?? true, let error = response["errors"]?[0]
        else { return outcome }
        let code = error["extensions"]?["code"]
        let message = error["message"]?.stringValue ?? "The operation was not executed."
        var data: JSONObject = ["code": code ?? .string(ErrorCode.internal.rawValue)]
        data["errors"] = response["errors"]
        return .failed(
            RPCError(ErrorCode(code?.stringValue ?? ErrorCode.internal.rawValue).rpcCode, message, data: data)
        )
    }

    private static var execute: MCPTool {
        MCPTool(
            name: OwnMethod.execute,
            title: "Execute GraphQL",
            description: """
                Executes a GraphQL operation, for what the other tools cannot do in one call. Ask for __schema to learn \
                the types.
                """,
            inputSchema: [
                "type": "object",
                "properties": [
                    "query": ["type": "string", "description": "The document."], "variables": ["type": "object"],
                    "operationName": ["type": "string"],
                ],
                "required": ["query"],
            ],
            outputSchema: ["type": "object"],
            effect: .any
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
            requests of a limited budget; a RATE_LIMITED error states in retryAfter how many seconds to wait.
            """
        self.init(
            toolbox: service,
            title: schema.description.map { String($0.prefix { !$0.isNewline }) } ?? "GraphQL gateway",
            version: ProductVersion.number,
            instructions: [schema.description, own].compactMap { $0 }.joined(separator: "\n\n"),
            limits: service.limits
        )
    }
}

extension Plan {
    /// A key that is the name of another field of its type: the schema of results says something else of it.
    fileprivate var misleadingAlias: String? {
        for selection in selections {
            let type = executable.schema[selection.type]
            for field in selection.variants.flatMap(\.fields).map({ self[$0] }) {
                guard field.responseKey != field.definition.name, let named = type.fields[field.responseKey] else {
                    continue
                }
                // The plain form of a field is shown under the field's own name.
                if executable.source(of: named, on: type) != field.source { return field.responseKey }
            }
        }
        return nil
    }
}
