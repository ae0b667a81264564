internal import GraphQL
internal import JSON
package import JSONRPC
internal import Upstream

/// Serves JSON-RPC messages: each call becomes an operation, and the operations of a batch are executed together.
package final class RPCService: Sendable {
    let service: GatewayService
    /// The methods of the schema.
    package let methods: MethodTable
    /// The OpenRPC document of the methods: https://spec.open-rpc.org; nil: introspection is disabled.
    package let openRPC: [UInt8]?
    let limits: RPCLimits

    /// The names of methods that are not declared in the schema.
    enum OwnMethod {
        static let execute = MethodTable.execute
        static let discover = "rpc.discover"
        static let quota = MethodTable.quota
        static let authenticate = MethodTable.authenticate
    }

    /// Makes a service.
    ///
    /// - Parameters:
    ///   - service: executes the operations.
    ///   - limits: the limits of one message.
    ///   - url: the URL of the endpoint in the OpenRPC document.
    package init(service: GatewayService, limits: RPCLimits = RPCLimits(), url: String = "/rpc") {
        self.service = service
        self.limits = limits
        let bindings = service.bindings
        let isDescribed = service.operations.allowsIntrospection
        methods = MethodTable(service.executable, isDescribed: isDescribed) { bindings[$0].isFree }
        openRPC = isDescribed ? OpenRPCDocument(methods, url: url, errorNumber: \.rpcCode).json : nil
    }

    /// Returns the response to a message.
    package func respond(to message: [UInt8], caller: Caller) -> Reply<RPCResponse> {
        let read: RPCMessage
        do {
            read = try RPCMessage(parsing: message, limits: limits)
        } catch {
            return .now(refusal(of: error, caller))
        }
        var caller = caller
        caller.group = .scripts
        var pipeline = RequestPipeline(service: service, caller: caller, isBatch: read.entries.count > 1)
        var calls = read.entries.map { admit($0, in: &pipeline) }
        let idempotency = idempotentCalls(of: read, &calls, in: pipeline)
        pipeline.end(.prepare)
        var batch = RPCBatch(calls, pipeline: pipeline)
        batch.idempotency = idempotency
        if let outcomes = batch.outcomesAtOnce() { return .now(response(to: read, outcomes, of: batch)) }
        return .later { [self, batch] in
            await LongWorkExecutor.run(ifLong: batch.calls.count > LongWorkExecutor.mostOperations) {
                var batch = batch
                let outcomes = await batch.run()
                return response(to: read, outcomes, of: batch)
            }
        }
    }

    private func response(to message: RPCMessage, _ outcomes: [RPCOutcome], of batch: RPCBatch) -> RPCResponse {
        let completed = zip(message.entries, zip(batch.calls, outcomes)).map { entry, call in
            complete(call.1, of: entry, call.0, in: batch.pipeline)
        }
        var response = RPCResponse(body: write(message, completed), rateLimitStatus: batch.rateLimitStatus)
        response.isReplayed = batch.isReplayed
        if let entry = message.entries.first, let outcome = completed.first {
            response.reuse = reuse(outcome, of: entry, in: batch)
        }
        return response
    }

    /// The response to an invalid message, which counts against the client's minute as one call does.
    private func refusal(of error: RPCError, _ caller: Caller) -> RPCResponse {
        var caller = caller
        caller.group = .scripts
        var (pipeline, error) = (RequestPipeline(service: service, caller: caller), error)
        do throws(RequestRefusal) { try pipeline.admit() } catch let refusal { error = RPCError(refusal) }
        var output = OutputBuffer(minimumCapacity: 256)
        output.append(rpcError: error, id: .null)
        return RPCResponse(body: output.array(), rateLimitStatus: pipeline.rateLimitStatus)
    }

    /// Makes one call of an MCP client.
    ///
    /// - Parameters:
    ///   - name: the name of the operation in records for observers.
    ///   - arguments: the arguments.
    ///   - caller: the caller.
    ///   - prepare: prepares the call, once it is admitted.
    /// - Returns: its outcome, now or later.
    func call(
        _ name: String,
        arguments: JSONObject = JSONObject(),
        caller: Caller,
        prepare: (inout RequestPipeline) -> PreparedCall
    ) -> Reply<RPCCallResult> {
        var caller = caller
        caller.group = .agents
        var pipeline = RequestPipeline(service: service, caller: caller)
        let call = RPCCall(method: name, params: .byName(arguments), id: .null)
        let entry = RPCEntry.call(call)
        var prepared: PreparedCall
        do throws(RequestRefusal) {
            try pipeline.admit()
            prepared = prepare(&pipeline)
        } catch {
            prepared = .finished(.failed(RPCError(error)))
        }
        let idempotency = idempotentCall(call, &prepared, in: pipeline)
        pipeline.end(.prepare)
        var batch = RPCBatch([prepared], pipeline: pipeline)
        if let idempotency { batch.idempotency[0] = idempotency }
        if let outcome = batch.outcomesAtOnce()?.first { return .now(result(outcome, of: entry, in: batch)) }
        let run: @Sendable () async -> RPCCallResult = { [self, batch] in
            var batch = batch
            let outcome = await batch.run().first ?? .failed(.gatewayFailed)
            return result(outcome, of: entry, in: batch)
        }
        guard prepared.writes else { return .later(run) }
        // A client that cancels its call does not cancel a write.
        return .later { await Task { await run() }.value }
    }

    /// The result of the only call of a batch.
    private func result(_ outcome: RPCOutcome, of entry: RPCEntry, in batch: RPCBatch) -> RPCCallResult {
        let completed = complete(outcome, of: entry, batch.calls[0], in: batch.pipeline)
        let reuse = reuse(completed, of: entry, in: batch)
        let use = batch.pipeline.callUse(reused: batch.reusedReport, isRepeatable: reuse != nil)
        return RPCCallResult(completed, reuse: reuse, callUse: use, isReplayed: batch.isReplayed)
    }

    /// The conditions for sending the response to the only call of a batch again; nil: it is not reused.
    private func reuse(_ outcome: RPCOutcome, of entry: RPCEntry, in batch: RPCBatch) -> ResponseReuse? {
        guard let validity = batch.validity, case .result = outcome else { return nil }
        let noted = record(outcome, of: entry, batch.calls[0], in: batch.pipeline)
        return ResponseReuse(validity: validity, interface: .rpc, outcome: noted)
    }

    // MARK: - Calls

    /// Counts a call against its client's minute, and prepares it if the limit is not reached.
    private func admit(_ entry: RPCEntry, in pipeline: inout RequestPipeline) -> PreparedCall {
        do throws(RequestRefusal) {
            try pipeline.admit()
        } catch {
            return .finished(.failed(RPCError(error)))
        }
        return switch entry {
        case .call(let call): prepare(call, in: pipeline)
        case .invalid(let error, id: _): .finished(.failed(error))
        }
    }

    /// Prepares a call.
    ///
    /// - Parameters:
    ///   - call: the call.
    ///   - pipeline: the pipeline of the message.
    ///   - needsData: whether a GraphQL response without data is a failure.
    /// - Returns: the operation to execute, or the outcome.
    func prepare(_ call: RPCCall, in pipeline: RequestPipeline, needsData: Bool = false) -> PreparedCall {
        do throws(RPCError) {
            switch call.method {
            case OwnMethod.discover:
                try pipeline.checkOwnMethods()
                guard let openRPC else { throw .methodNotFound(call.method) }
                return .finished(.result(openRPC))
            case OwnMethod.quota:
                try pipeline.checkOwnMethods()
                switch call.params {
                case .byName(let members) where members.isEmpty: break
                case .byPosition(let values) where values.isEmpty: break
                case .byName, .byPosition: throw .invalidParams("\(call.method) takes no parameters.")
                }
                var own = pipeline
                return .finished(.result(own.quotaReport.serialized()))
            case OwnMethod.execute: return try prepareExecute(call.params, in: pipeline, needsData)
            default:
                guard let method = methods[call.method] else {
                    if let error = needsConnection(call.method) { throw error }
                    let hint = openRPC == nil ? "" : "; the method \"\(OwnMethod.discover)\" lists all"
                    throw .methodNotFound(call.method, hint: hint)
                }
                let (text, variables) = try operation(of: method, params: call.params)
                do throws(RequestRefusal) {
                    return .method(try pipeline.prepare(text, variables: variables))
                } catch {
                    throw RPCError(error)
                }
            }
        } catch {
            return .finished(.failed(error))
        }
    }

    /// The operation and the variables of a method call; the parameter `select` is only allowed if any document may be executed.
    func operation(
        of method: RPCMethod,
        params: RPCParams
    ) throws(RPCError) -> (text: String, variables: JSONObject) {
        let (text, variables, isSelected) = try methods.operation(of: method, params: params)
        guard isSelected, service.operations.requiresTrusted else { return (text, variables) }
        throw RPCError(
            .invalidParams,
            "Only trusted documents are executed here; leave out \"select\".",
            dataCode: ErrorCode.documentNotTrusted.rawValue
        )
    }

    /// Prepares the call `graphql.execute`, whose parameters are those of a GraphQL request.
    ///
    /// https://graphql.github.io/graphql-over-http/draft/#sec-Request-Parameters
    private func prepareExecute(
        _ params: RPCParams,
        in pipeline: RequestPipeline,
        _ needsData: Bool
    ) throws(RPCError) -> PreparedCall {
        let names = ["query", "variables", "operationName", "extensions"]
        let members: JSONObject
        switch params {
        case .byName(let named) where named.keys.allSatisfy(names.contains): members = named
        case .byPosition(let values) where values.count <= names.count: members = JSONObject(zip(names, values))
        case .byName, .byPosition:
            throw .invalidParams("graphql.execute takes query, variables, operationName and extensions, and no others.")
        }
        let request: GraphQLRequest
        do {
            request = try GraphQLRequest(JSONDocument(.object(members)), at: 0)
        } catch {
            throw .invalidParams(error.message)
        }
        let operation: PreparedOperation
        do throws(RequestRefusal) {
            operation = try pipeline.prepare(request)
        } catch {
            return .finished(RPCOutcome(GraphQLResponse(error), needsData: needsData))
        }
        guard operation.kind != .subscription else {
            throw .invalidParams("A subscription has no single result; send a query or a mutation.")
        }
        return .operation(operation, needsData: needsData)
    }

    // MARK: - Serialize

    /// Writes the responses to all messages except notifications; returns nil if there is none.
    private func write(_ message: RPCMessage, _ outcomes: [RPCOutcome]) -> [UInt8]? {
        var output = OutputBuffer(minimumCapacity: 4096)
        var isFirst = true
        for (entry, outcome) in zip(message.entries, outcomes) {
            guard let id = entry.id else { continue }
            if message.isBatch { output.append(isFirst ? UInt8(ascii: "[") : UInt8(ascii: ",")) }
            isFirst = false
            append(outcome, id: id, to: &output)
        }
        guard !isFirst else { return nil }
        if message.isBatch { output.append(UInt8(ascii: "]")) }
        return output.array()
    }

    private func append(_ outcome: RPCOutcome, id: RPCID, to output: inout OutputBuffer) {
        let maximumBytes = service.limits.maximumResponseBytes
        guard outcome.byteCount == 0 || output.count + outcome.byteCount <= maximumBytes else {
            return output.append(rpcError: .tooLarge(maximumBytes), id: id)
        }
        switch outcome {
        case .failed(let error): output.append(rpcError: error, id: id)
        case .result(let value): output.append(rpcResult: value[...], id: id)
        }
    }
}

extension RPCEntry {
    /// The id of the response; nil: there is no response.
    fileprivate var id: RPCID? {
        switch self {
        case .call(let call): call.id
        case .invalid(_, let id): id
        }
    }
}

extension RPCError {
    /// The error of a response that exceeds the size limit.
    static func tooLarge(_ bytes: Int) -> RPCError {
        RPCError(
            .serverError,
            "The response would be larger than \(bytes) bytes; ask for fewer rows or fields, or for fewer calls in a batch.",
            dataCode: ErrorCode.responseTooLarge.rawValue
        )
    }

    /// The error for a failure of the gateway, whose reason clients do not see.
    static let gatewayFailed = RPCError(.internalError, "Internal error.", dataCode: "INTERNAL")
}
