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
    /// `Workspace-Key`, in the payload or in its member `headers`, each a text, or a list of texts where a field may come several times.
    ///
    /// They are merged with those of the opening request: `Authorization` takes the place of the request's, and the key of a workspace
    /// that of the same workspace's.
    ///
    /// - Throws: how the connection ends, as there are clients and neither request nor message names one of them.
    mutating func initialize(_ payload: JSONValue?) throws(WebSocketEnd) {
        takeKeys(payload)
        guard let directory = current.directory else { return }
        do throws(WebSocketEnd) {
            // What named a client is no key of an upstream, whatever there is later.
            caller = try currentCaller(directory)
        } catch {
            throw .forbidden
        }
    }

    private mutating func takeKeys(_ payload: JSONValue?) {
        let members = payload?.objectValue.map { Array($0) } ?? []
        // What stands in `headers` counts more than what stands beside it.
        let fields = members + (payload?["headers"]?.objectValue.map { Array($0) } ?? [])
        func values(_ name: String) -> [String] {
            fields.filter { $0.0.lowercased() == name }.flatMap { $0.1.texts }
        }
        // A client of the gateway is who its token says, which the request has brought.
        let own = caller.client == nil ? values("authorization").last : nil
        if let own { authorization = own }
        caller.addKeys(of: Caller(authorization: own, workspaceKeys: values("workspace-key")))
    }

    /// Begins an operation.
    ///
    /// - Returns: what serves it, in whose name, and how many may wait at a time.
    /// - Throws: how the connection ends, as its client may not call any more.
    func begin() throws(WebSocketEnd) -> (service: GatewayService, caller: Caller, load: LoadLimit) {
        guard let (service, load) = current.service else { throw .goingAway }
        var caller = try currentCaller(service.directory)
        caller.setRequestID(Caller.requestID())
        caller.becomeMessage()
        return (service, caller, load)
    }

    /// How the connection ends, as its client may not call any more; nil: it may.
    var refusal: WebSocketEnd? {
        // PERF: asked for each result of each subscriber, most of which have no list of clients.
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
            // What was the token of a client is no key of an upstream.
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
    /// The text, or the texts of a list.
    fileprivate var texts: [String] {
        if case .array(let items) = self { items.compactMap(\.stringValue) } else { stringValue.map { [$0] } ?? [] }
    }
}
