internal import GraphQL
package import JSON
package import JSONRPC
internal import Upstream

/// The tools that a model may call: the schema's methods, chosen operations, and tools of the gateway's own.
package struct GatewayToolbox: MCPToolbox {
    let service: RPCService
    private let operations: [String: OperationTool]
    private let search: SchemaSearch?
    let resourceTable: ResourceTable
    package let tools: [MCPTool]

    /// The most bytes of the result of `tools/list`, as a host passes all of it to a model.
    private static let maximumListBytes = 16_000

    /// Makes a toolbox.
    ///
    /// - Parameters:
    ///   - service: calls the methods.
    ///   - operations: the operations that are tools.
    package init(_ service: RPCService, operations: [OperationTool] = []) {
        self.service = service
        self.operations = Dictionary(operations.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let methods = service.methods
        search = methods.isDescribed ? SchemaSearch(methods.executable.schema) : nil
        resourceTable = ResourceTable(methods)
        tools = Self.tools(of: service, operations, isDescribed: search != nil)
    }

    package func admit(_ caller: Caller) throws(RPCError) {
        var caller = caller
        caller.group = .agents
        var pipeline = RequestPipeline(service: service.service, caller: caller)
        do throws(RequestRefusal) { try pipeline.admit() } catch { throw RPCError(error) }
    }

    /// Whether a caller may ever call a tool: a read-only client calls none that writes, and a client that may only execute some documents
    /// calls these, and the tools that execute or explain a document.
    package func mayCall(_ tool: MCPTool, _ caller: Caller) -> Bool {
        guard let client = caller.client else { return true }
        let own = service.methods[tool.name] == nil && operations[tool.name] == nil ? OwnTool(rawValue: tool.name) : nil
        if client.isReadOnly, tool.effect != .reads, own != .execute { return false }
        guard !client.mayExecuteAnyDocument else { return true }
        if let operation = operations[tool.name] { return client.mayExecute(ExactString(operation.text)) }
        return own == .execute || own == .explain
    }

    package func holders(of caller: Caller) -> [ClientID] { service.service.holders(of: caller) }

    package func mayReadResources(_ caller: Caller) -> Bool { caller.client?.mayExecuteAnyDocument ?? true }

    /// The templates of resource URIs.
    package var resourceTemplates: [MCPResourceTemplate] {
        resourceTable.resources.map { resource in
            MCPResourceTemplate(
                uriTemplate: resource.template.text,
                name: resource.field.name,
                description: resource.field.description
            )
        }
    }

    /// All tools, described in the greatest detail that the size limit allows.
    private static func tools(
        of service: RPCService,
        _ operations: [OperationTool],
        isDescribed: Bool
    ) -> [MCPTool] {
        var tools: [MCPTool] = []
        for detail in ToolSchemas.Detail.allCases {
            let schemas = ToolSchemas(service.methods, detail: detail)
            tools = service.methods.methods.map { method in
                MCPTool(
                    name: method.name,
                    description: method.description,
                    inputSchema: schemas.parameters(of: method),
                    outputSchema: schemas.result(of: method),
                    effect: service.effect(of: method)
                )
            }
            tools += operations.map { $0.described(schemas) } + OwnTool.all(isDescribed: isDescribed)
            if MCPToolTable(tools).json.serialized().count <= maximumListBytes { break }
        }
        return tools
    }

    /// Calls a tool with arguments by name.
    package func call(_ name: String, arguments: JSONObject, caller: Caller) async -> RPCOutcome {
        await begin(name, arguments: arguments, caller: caller).value().outcome
    }

    package func begin(_ name: String, arguments: JSONObject, caller: Caller) -> Reply<RPCCallResult> {
        service.call(name, arguments: arguments, caller: caller) { pipeline in
            do throws(RPCError) {
                return try prepare(name, arguments, in: &pipeline)
            } catch {
                return .finished(.failed(error))
            }
        }
    }

    private func prepare(
        _ name: String,
        _ arguments: JSONObject,
        in pipeline: inout RequestPipeline
    ) throws(RPCError) -> PreparedCall {
        let call = RPCCall(method: name, params: .byName(arguments), id: .null)
        if service.methods[name] != nil {
            let prepared = service.prepare(call, in: pipeline)
            if case .method(let operation) = prepared, let alias = operation.plan.misleadingAlias {
                throw .invalidParams(
                    "In \"select\" the alias \"\(alias)\" is another field's name; choose another one."
                )
            }
            return prepared
        }
        if let operation = operations[name] {
            return .operation(try service.prepare(operation, variables: arguments, in: pipeline), needsData: true)
        }
        switch OwnTool(rawValue: name) {
        case .search:
            try pipeline.checkOwnMethods()
            guard let search else { throw .methodNotFound(name) }
            return .finished(.result(try search.result(arguments).serialized()))
        case .explain:
            return .finished(.result(try service.explain(arguments, in: &pipeline).serialized()))
        case .execute, nil:
            // `graphql.execute` has a result even if the operation was not executed; as a tool it fails then.
            return service.prepare(call, in: pipeline, needsData: true)
        }
    }

    package func follow(_ uri: String, caller: Caller) throws(RPCError) -> ResultStream? {
        guard let (resource, variables) = resourceTable.resource(at: uri) else { return nil }
        var caller = caller
        caller.group = .agents
        // Only the read of the resource that goes with it is counted against the client's minute.
        let pipeline = RequestPipeline(service: service.service, caller: caller)
        var operation: PreparedOperation
        do throws(RequestRefusal) {
            operation = try pipeline.prepare(resource.operationText, variables: variables)
        } catch {
            throw RPCError(error)
        }
        operation.live = .results
        switch pipeline.subscribe(to: operation, as: resource.field.name) {
        case .refused(let response): throw RPCError(withoutData: response.failure)
        case .stream(let stream): return stream
        }
    }

    package func read(_ uri: String, caller: Caller) -> Reply<RPCCallResult>? {
        guard let (resource, variables) = resourceTable.resource(at: uri) else { return nil }
        return service.call(resource.field.name, caller: caller) { pipeline in
            do throws(RequestRefusal) {
                return .method(try pipeline.prepare(resource.operationText, variables: variables))
            } catch {
                return .finished(.failed(RPCError(error)))
            }
        }
    }
}

extension MCPService {
    /// Makes a service whose tools are the schema's methods and chosen operations.
    ///
    /// - Parameters:
    ///   - service: calls the methods.
    ///   - operations: the operations that are tools.
    ///   - previous: the previous service; nil: there is none.
    ///   - continuesStreams: whether its sessions and streams continue; false: their clients have to begin others.
    package init(
        _ service: RPCService,
        operations: [OperationTool] = [],
        replacing previous: MCPService? = nil,
        continuesStreams: Bool = true
    ) {
        let schema = service.methods.executable.schema
        let own = """
            Objects are shown with their own fields. The argument select chooses others and reaches into related objects: a \
            GraphQL selection such as "id name", or field names with dots. Ask for what you need in few calls: each costs \
            requests of a limited budget, and _meta.calls of a result states what it took and what remains. A RATE_LIMITED \
            error states in retryAfter how many seconds to wait.
            """
        self.init(
            toolbox: GatewayToolbox(service, operations: operations),
            title: schema.description.map { String($0.prefix { !$0.isNewline }) } ?? "GraphQL gateway",
            version: ProductVersion.number,
            instructions: [schema.description, own].compactMap { $0 }.joined(separator: "\n\n"),
            limits: service.limits,
            maximumResponseBytes: service.service.limits.maximumResponseBytes,
            hasSessions: service.service.lanes.policy(of: CallerGroup.agents).callsPerSession != nil,
            scheduler: service.service.broker.scheduler
        )
        guard let previous else { return }
        runningCalls = previous.runningCalls
        sessions =
            continuesStreams
            ? previous.sessions
            : MCPSessions(scheduler: service.service.broker.scheduler, inPlaceOf: previous.sessions)
    }
}

extension Plan {
    /// A response key that is the name of another field of its type, which would contradict the schema of results; nil: there is none.
    fileprivate var misleadingAlias: String? {
        for selection in selections {
            let type = executable.schema[selection.type]
            for field in selection.variants.flatMap(\.fields).map({ self[$0] }) {
                guard field.responseKey != field.definition.name, let named = type.fields[field.responseKey] else {
                    continue
                }
                // A field's variant without arguments appears under the field's own name.
                if executable.source(of: named, on: type) != field.source { return field.responseKey }
            }
        }
        return nil
    }
}
