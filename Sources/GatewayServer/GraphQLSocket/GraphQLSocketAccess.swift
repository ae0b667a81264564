internal import Gateway
internal import JSON

/// Who sends the operations of a connection, and what serves them: both may change while it is open.
struct GraphQLSocketAccess: Sendable {
    private let current: CurrentMessageHandler
    /// Who has opened the connection, with the keys that its first message has brought.
    private var caller: Caller
    /// What names a client, where there are clients; nil: nothing does.
    private var authorization: String?

    init(_ request: HTTPRequest, _ current: CurrentMessageHandler) {
        self.current = current
        // A connection carries many requests: none of them is what an idempotency key of this one names.
        caller = Caller(request).withoutIdempotency
        authorization = request.header("authorization")
    }

    /// Takes the keys that the first message of a connection brings, as header fields would: `Authorization` and
    /// `Workspace-Key`, in the payload or in its member `headers`.
    ///
    /// - Throws: how the connection ends, as there are clients and its message names none of them.
    mutating func initialize(_ payload: JSONValue?) throws(GraphQLSocketEnd) {
        takeKeys(payload)
        guard let directory = current.directory else { return }
        do throws(GraphQLSocketEnd) {
            // What named a client is no key of an upstream, whatever there is later.
            caller = try currentCaller(directory)
        } catch {
            throw .forbidden
        }
    }

    private mutating func takeKeys(_ payload: JSONValue?) {
        let fields = (payload?["headers"]?.objectValue).map { Array($0) } ?? []
        let all = fields + ((payload?.objectValue).map { Array($0) } ?? [])
        func value(_ name: String) -> String? {
            all.first { $0.0.lowercased() == name }?.1.stringValue
        }
        let (authorization, keys) = (value("authorization"), value("workspace-key"))
        guard authorization != nil || keys != nil, caller.client == nil else { return }
        self.authorization = authorization
        caller.takeKeys(of: Caller(authorization: authorization, workspaceKeys: keys.map { [$0] } ?? []))
    }

    /// Begins an operation.
    ///
    /// - Returns: what serves it, and in whose name.
    /// - Throws: how the connection ends, as its client may not call any more.
    func begin() throws(GraphQLSocketEnd) -> (service: GatewayService, caller: Caller) {
        guard let service = current.service else { throw .goingAway }
        var caller = try currentCaller(service.directory)
        caller.setRequestID(Caller.requestID())
        caller.becomeMessage()
        return (service, caller)
    }

    /// How the connection ends, as its client may not call any more; nil: it may.
    var refusal: GraphQLSocketEnd? {
        do throws(GraphQLSocketEnd) {
            _ = try currentCaller(current.directory)
            return nil
        } catch {
            return error
        }
    }

    private func currentCaller(_ directory: ClientDirectory?) throws(GraphQLSocketEnd) -> Caller {
        guard let directory else {
            // What was the token of a client is no key of an upstream.
            guard caller.client == nil else { throw .forbidden }
            return caller
        }
        guard let authorization else { throw .unauthorized }
        do throws(AuthenticationFailure) {
            var caller = caller
            caller.become(try directory.client(authorization: authorization).client)
            return caller
        } catch {
            throw .forbidden
        }
    }
}
