internal import Gateway
internal import JSON

/// The caller and the service of a connection's operations; both may change while it is open.
struct GraphQLSocketAccess: Sendable {
    private let current: CurrentMessageHandler
    /// The caller of the opening request, with the keys of the first message added.
    private var caller: Caller
    /// The credential that identifies the client, if clients authenticate; nil: there is none.
    private var authorization: String?

    init(_ request: HTTPRequest, _ current: CurrentMessageHandler) {
        self.current = current
        // A connection carries many requests, so an idempotency key of its own request identifies none of them.
        caller = Caller(request).withoutIdempotency
        authorization = request.header("authorization")
    }

    /// Reads the keys in the first message of a connection, as if they were header fields: `Authorization` and `Workspace-Key`, in
    /// the payload or in its member `headers`, each a string, or a list of strings for several fields.
    ///
    /// They are merged with those of the opening request: `Authorization` replaces the request's, and the key of a workspace replaces
    /// the request's key of the same workspace.
    ///
    /// - Throws: the close code, if the keys are too long, or if clients authenticate and neither request nor message has a valid token.
    mutating func initialize(_ payload: JSONValue?) throws(WebSocketEnd) {
        try takeKeys(payload)
        guard let directory = current.directory else { return }
        do throws(WebSocketEnd) {
            // A client's token is never used as a key of an upstream, even if the configuration changes.
            caller = try currentCaller(directory)
        } catch {
            throw .forbidden
        }
    }

    /// The memory that the keys of the connection take, in bytes.
    var memoryBytes: Int { caller.memoryBytes }

    private mutating func takeKeys(_ payload: JSONValue?) throws(WebSocketEnd) {
        let members = payload?.objectValue.map { Array($0) } ?? []
        // Members of `headers` take precedence over those beside it.
        let fields = members + (payload?["headers"]?.objectValue.map { Array($0) } ?? [])
        func values(_ name: String) -> [String] {
            fields.filter { $0.0.lowercased() == name }.flatMap { $0.1.texts }
        }
        // A client of the gateway is identified by the token of the opening request.
        let own = caller.client == nil ? values("authorization").last : nil
        let workspaceKeys = values("workspace-key")
        guard workspaceKeys.reduce(own?.utf8.count ?? 0, { $0 + $1.utf8.count }) <= Caller.maximumKeyBytes else {
            throw .invalid(
                "The keys of connection_init have more than \(Caller.maximumKeyBytes) bytes; send fewer of them."
            )
        }
        if let own { authorization = own }
        caller.addKeys(of: Caller(authorization: own, workspaceKeys: workspaceKeys))
    }

    /// Begins an operation.
    ///
    /// - Returns: the service, the caller, and the limit of waiting requests.
    /// - Throws: the close code, as the client is no longer authorized.
    func begin() throws(WebSocketEnd) -> (service: GatewayService, caller: Caller, load: LoadLimit) {
        guard let (service, load) = current.service else { throw .goingAway }
        var caller = try currentCaller(service.directory)
        caller.setRequestID(Caller.requestID())
        caller.becomeMessage()
        return (service, caller, load)
    }

    /// The close code for a client that is no longer authorized; nil: it is authorized.
    var refusal: WebSocketEnd? {
        // PERF: read for each result of each subscriber; most gateways have no list of clients.
        guard let directory = current.directory else { return caller.client == nil ? nil : .forbidden }
        do throws(WebSocketEnd) {
            _ = try currentCaller(directory)
            return nil
        } catch {
            return error
        }
    }

    private func currentCaller(_ directory: ClientDirectory?) throws(WebSocketEnd) -> Caller {
        guard let directory else {
            // A client's token is not used as a key of an upstream.
            guard caller.client == nil else { throw .forbidden }
            return caller
        }
        guard let authorization else { throw .unauthorized }
        do throws(AuthenticationFailure) {
            var caller = caller
            caller.become(try directory.client(authorization: authorization).client)
            return caller
        } catch .unavailable {
            throw .tryAgainLater
        } catch {
            throw .forbidden
        }
    }
}

extension JSONValue {
    /// The string, or the strings of a list.
    fileprivate var texts: [String] {
        if case .array(let items) = self { items.compactMap(\.stringValue) } else { stringValue.map { [$0] } ?? [] }
    }
}
