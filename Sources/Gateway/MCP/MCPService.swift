package import Caching
internal import GraphQL
internal import JSON
package import JSONRPC

/// Serves the Model Context Protocol: lists tools for models, and calls them.
///
/// It holds no state between requests, except the subscriptions to resources of clients with a handshake: each request has its
/// own credentials.
///
/// https://modelcontextprotocol.io/specification/2026-07-28
package struct MCPService: Sendable {
    let toolbox: any MCPToolbox
    /// The calls of sessions that are in progress, including those of the previous service.
    var runningCalls = MCPRunningCalls()
    /// The MCP sessions, taken over from the previous service on reload.
    var sessions: MCPSessions
    private let tools: MCPToolTable
    private let server: JSONValue
    private let instructions: String
    private let limits: RPCLimits
    /// The most bytes of all responses to one batch.
    let maximumResponseBytes: Int
    /// Whether a handshake begins a session because the lane has a cap of calls per session.
    private let countsCalls: Bool

    /// Makes a service; tools with names that the protocol does not allow are left out.
    ///
    /// - Parameters:
    ///   - toolbox: the tools.
    ///   - title: the server's name for people.
    ///   - version: the server's version.
    ///   - instructions: the description of the server for models.
    ///   - limits: the limits of a message.
    ///   - maximumResponseBytes: the most bytes of all responses to one batch.
    ///   - hasSessions: whether a handshake begins a session because calls are capped per session.
    ///   - scheduler: the clock and timer by which sessions expire.
    package init(
        toolbox: any MCPToolbox,
        title: String,
        version: String,
        instructions: String,
        limits: RPCLimits = RPCLimits(),
        maximumResponseBytes: Int = RequestLimits().maximumResponseBytes,
        hasSessions: Bool = false,
        scheduler: Scheduler = .system
    ) {
        countsCalls = hasSessions
        self.limits = limits
        self.maximumResponseBytes = maximumResponseBytes
        sessions = MCPSessions(scheduler: scheduler)
        self.toolbox = toolbox
        tools = MCPToolTable(toolbox.tools)
        server = ["name": "workestra-gateway", "title": .string(title), "version": .string(version)]
        self.instructions = instructions
    }

    /// Handles a message; the reply is there at once, or later.
    package func respond(to message: [UInt8], headers: MCPHeaders, caller: Caller) -> Reply<MCPResponse> {
        let read: RPCMessage
        do {
            read = try RPCMessage(parsing: message, limits: limits)
        } catch {
            return .now(refusal(of: error, caller))
        }
        var caller = caller
        caller.session = headers.knownSessionID(of: caller)
        if let session = caller.session { sessions.touch(session, of: caller) }
        guard !read.isBatch, let entry = read.entries.first else {
            return respond(toBatch: read.entries, headers: headers, caller: caller)
        }
        return respond(to: entry, headers: headers, caller: caller)
    }

    /// Handles one message.
    func respond(to entry: RPCEntry, headers: MCPHeaders, caller: Caller) -> Reply<MCPResponse> {
        switch entry {
        case .invalid(let error, let id): .now(refusal(of: error, id: id, caller))
        case .call(let call): respond(to: call, headers: headers, caller: caller)
        }
    }

    /// The response to an invalid message, which counts against the client's minute as other messages do.
    private func refusal(of error: RPCError, id: RPCID = .null, _ caller: Caller) -> MCPResponse {
        do throws(RPCError) {
            try toolbox.admit(caller)
            return .error(error, status: 400, id: id)
        } catch {
            return .error(error, status: 429, id: id)
        }
    }

    /// The error for a message that violates the protocol.
    static func invalidRequest(_ message: String) -> RPCError {
        RPCError(.invalidRequest, message, dataCode: ErrorCode.badRequest.rawValue)
    }

    private func respond(to request: RPCCall, headers: MCPHeaders, caller: Caller) -> Reply<MCPResponse> {
        guard let id = request.id else { return .now(notified(of: request, headers, caller)) }
        guard id != .null else {
            return .now(.error(Self.invalidRequest("The id of a request must not be null."), status: 400))
        }
        let revision: MCPRevision
        do throws(RPCError) {
            revision = try MCPEnvelope.revision(of: request, headers: headers)
        } catch {
            return .now(refusal(of: error, id: id, caller))
        }
        if !revision.isStateless, request.method != "initialize", isOfEndedSession(headers, caller) {
            return .now(Self.unknownSession(id))
        }
        let exchange = MCPExchange(request: request, id: id, revision: revision)
        let isCounted = Self.countedMethods.contains(request.method)
        do throws(RPCError) {
            if !isCounted { try toolbox.admit(caller) }
            return try reply(to: exchange, headers, caller)
        } catch {
            return .now(exchange.error(isCounted ? counted(error, caller) : error))
        }
    }

    /// Counts a request that begins no operation against the client's minute, and returns its error.
    private func counted(_ error: RPCError, _ caller: Caller) -> RPCError {
        do throws(RPCError) {
            try toolbox.admit(caller)
            return error
        } catch {
            return error
        }
    }

    /// Accepts a notification; only a cancellation has an effect.
    private func notified(of notification: RPCCall, _ headers: MCPHeaders, _ caller: Caller) -> MCPResponse {
        let revision = headers.protocolVersion.map { MCPRevision(rawValue: $0) } ?? .assumed
        guard let revision else { return .error(MCPEnvelope.unsupported(headers.protocolVersion ?? ""), status: 400) }
        guard !revision.isStateless else { return .accepted }
        if isOfEndedSession(headers, caller) { return Self.unknownSession() }
        if notification.method == "notifications/cancelled", let session = caller.session,
            let id = notification.members["requestId"]
        {
            runningCalls.cancel(MCPRunningCalls.Name(session: session, id: RPCID(text: id.serialized())))
        }
        return .accepted
    }

    // MARK: - Methods

    /// The methods whose operations are counted against the client's minute; a request of another method is counted itself.
    private static let countedMethods: Set = [
        "tools/call", "resources/read", "resources/subscribe", "subscriptions/listen",
    ]

    private func reply(
        to exchange: MCPExchange,
        _ headers: MCPHeaders,
        _ caller: Caller
    ) throws(RPCError) -> Reply<MCPResponse> {
        if case .byPosition = exchange.request.params { throw .invalidParams("Parameters are given by name.") }
        switch (exchange.request.method, exchange.revision.isStateless) {
        case ("server/discover", true): return .now(exchange.reply(discovery, cacheScope: "public"))
        case ("initialize", false):
            var response = exchange.reply(try greeting(exchange.request.members))
            if hasSessions { response.sessionID = MCPSessionID.make(for: MCPSessionOwner(caller)) }
            return .now(response)
        case ("ping", false): return .now(exchange.reply(JSONObject()))
        case ("tools/list", _):
            let list = caller.client == nil ? tools.json : tools.json { toolbox.mayCall($0, caller) }
            return .now(try exchange.reply(list: "tools", list, isPublic: caller.client == nil))
        case ("tools/call", _): return try call(exchange, caller)
        case ("resources/list", _) where hasResources:
            return .now(try exchange.reply(list: "resources", [], isPublic: true))
        case ("resources/templates/list", _) where hasResources:
            let templates = toolbox.mayReadResources(caller) ? toolbox.resourceTemplates : []
            let list = JSONValue.array(templates.map(\.json))
            return .now(try exchange.reply(list: "resourceTemplates", list, isPublic: caller.client == nil))
        case ("resources/read", _) where hasResources: return try read(exchange, caller)
        case ("subscriptions/listen", true): return .now(try listen(exchange, caller))
        case ("resources/subscribe", false) where hasResources:
            return try follow(exchange, headers, caller)
        case ("resources/unsubscribe", false) where hasResources:
            return .now(try unfollow(exchange, headers, caller))
        case (let method, _):
            let message = "There is no method \(method) in revision \(exchange.revision.rawValue)."
            throw RPCError(.methodNotFound, message, dataCode: ErrorCode.methodNotFound.rawValue)
        }
    }

    private var capabilities: JSONValue {
        var capabilities: JSONObject = ["tools": .object(JSONObject())]
        if hasResources { capabilities["resources"] = ["subscribe": true] }
        return .object(capabilities)
    }

    var hasResources: Bool { !toolbox.resourceTemplates.isEmpty }

    /// Whether a handshake begins a session.
    var hasSessions: Bool { countsCalls || hasResources }

    /// The result of `server/discover`, for clients without a handshake.
    ///
    /// https://modelcontextprotocol.io/specification/2026-07-28/server/discover
    private var discovery: JSONObject {
        [
            "supportedVersions": .array(MCPRevision.names.map { .string($0) }), "capabilities": capabilities,
            "instructions": .string(instructions), "_meta": ["io.modelcontextprotocol/serverInfo": server],
        ]
    }

    /// The result of `initialize`.
    ///
    /// https://modelcontextprotocol.io/specification/2025-11-25/basic/lifecycle#initialization
    private func greeting(_ params: JSONObject) throws(RPCError) -> JSONObject {
        guard let wanted = params["protocolVersion"]?.stringValue else {
            throw .invalidParams("protocolVersion must be a string.")
        }
        let known = MCPRevision(rawValue: wanted).flatMap { $0.isStateless ? nil : $0 }
        return [
            "protocolVersion": .string((known ?? .latestOfHandshake).rawValue),
            "capabilities": capabilities, "serverInfo": server,
            "instructions": .string(instructions),
        ]
    }

    private func read(_ exchange: MCPExchange, _ caller: Caller) throws(RPCError) -> Reply<MCPResponse> {
        guard let uri = exchange.request.members["uri"]?.stringValue else {
            throw .invalidParams("uri must be a string.")
        }
        guard let reply = toolbox.read(uri, caller: caller) else { throw exchange.noResource(uri) }
        switch reply {
        case .now(let result): return .now(exchange.reply(result, uri: uri))
        case .later(let wait): return .later { exchange.reply(await wait(), uri: uri) }
        }
    }

    private func call(_ exchange: MCPExchange, _ caller: Caller) throws(RPCError) -> Reply<MCPResponse> {
        let params = exchange.request.members
        guard let name = params["name"]?.stringValue else { throw .invalidParams("name must be a string.") }
        guard let tool = tools[name] else { throw .invalidParams("There is no tool \(name).") }
        let arguments: JSONObject
        switch params["arguments"] {
        case nil, .null: arguments = JSONObject()
        case .object(let members): arguments = members
        case .some: throw .invalidParams("arguments must be an object.")
        }
        var caller = caller
        caller.statedIdempotencyKey = params["_meta"]?[GraphQLRequest.idempotencyKeyMember]
        switch toolbox.begin(tool.name, arguments: arguments, caller: caller) {
        case .now(let result): return .now(exchange.reply(result, wraps: tool.wrapsResult))
        case .later(let wait):
            guard !exchange.revision.isStateless, let session = caller.session else {
                return .later { exchange.reply(await wait(), wraps: tool.wrapsResult) }
            }
            let name = MCPRunningCalls.Name(session: session, id: exchange.id)
            return .later { [runningCalls] in
                exchange.reply(await runningCalls.run(name, wait), wraps: tool.wrapsResult)
            }
        }
    }
}
