internal import Gateway
private import JSON
internal import JSONRPC

/// The authentication of a connection with JSON-RPC messages.
///
/// The method `auth` sets the keys for all later calls of its connection, and may be called again.
struct ConnectionAuthenticator: Sendable {
    /// The caller of the next message; nil: the connection has to authenticate first.
    var caller: Caller? {
        var caller = currentCaller
        caller?.address = address
        return caller
    }

    /// The keys of a call of `auth`.
    private struct Statement: Sendable {
        /// A caller with the key and the workspaces' keys.
        var caller = Caller()
        /// A caller with only the workspaces' keys.
        var client = Caller()
        /// The key, which is a client's token if clients authenticate.
        var token: String?
        /// Whether it was accepted as a client's token: then it is never used as a key of an upstream, even if the configuration changes.
        var isOfClient = false
    }

    /// The memory that the keys of the last call of `auth` take, in bytes.
    var memoryBytes: Int { stated.map { $0.caller.memoryBytes + ($0.token?.utf8.count ?? 0) } ?? 0 }

    /// The keys of the last call of `auth`; nil: there was none.
    private var stated: Statement?
    /// Returns the caller of a connection that has not called `auth`; it may change at any time.
    private let callers: (@Sendable () -> Caller?)?
    /// Returns the clients that may call at this time; nil: clients do not authenticate.
    private let directory: @Sendable () -> ClientDirectory?
    /// The IP address of the peer; nil: it is unknown.
    var address: String?
    /// The limits of a message.
    let limits: RPCLimits

    init(
        callers: (@Sendable () -> Caller?)?,
        directory: @escaping @Sendable () -> ClientDirectory? = { nil },
        address: String?,
        limits: RPCLimits
    ) {
        self.callers = callers
        self.directory = directory
        self.address = address
        self.limits = limits
    }

    /// The decision about a message.
    enum Decision: Sendable {
        /// The authenticator replies itself; nil: there is no reply.
        case reply([UInt8]?)
        /// The message is passed on with this caller.
        case forward(Caller)
    }

    /// The caller at this time, as a client may have been removed since the last message.
    private var currentCaller: Caller? {
        guard let directory = directory() else {
            guard let stated else { return callers?() }
            return stated.isOfClient ? nil : stated.caller
        }
        if let stated { return try? Self.client(stated, in: directory) }
        // If clients authenticate, only clients may call, whatever keys a connection has.
        return callers?().flatMap { $0.client == nil ? nil : $0 }
    }

    private static func client(
        _ stated: Statement,
        in directory: ClientDirectory
    ) throws(AuthenticationFailure) -> Caller {
        guard let token = stated.token else { throw .missing }
        var caller = stated.client
        caller.client = try directory.client(token: token).client
        return caller
    }

    private static let method = Array("\"auth\"".utf8)

    /// Handles a message if it is a call of `auth`, or decides whether it may be passed on.
    mutating func authorize(_ message: [UInt8]) -> Decision {
        // PERF: few messages have the name of the method, so that few are parsed twice.
        if let caller, !message.contains(run: Self.method) { return .forward(caller) }
        let read: RPCMessage
        do {
            read = try RPCMessage(parsing: message, limits: limits)
        } catch {
            return .reply(error.response(id: .null))
        }
        if !read.isBatch, case .call(let call)? = read.entries.first, call.method == "auth" {
            return .reply(authenticate(call))
        }
        if let caller { return .forward(caller) }
        let authenticates = read.entries.contains { entry in
            if case .call(let call) = entry { call.method == "auth" } else { false }
        }
        return .reply(read.refusal(authenticates ? .authenticatesAlone : Self.unauthenticated))
    }

    private mutating func authenticate(_ call: RPCCall) -> [UInt8]? {
        do {
            var statement = try Self.statement(call.params)
            if let directory = directory() {
                try Self.check(statement, in: directory)
                statement.isOfClient = true
            }
            stated = statement
        } catch {
            return call.id.map { error.response(id: $0) }
        }
        guard let id = call.id else { return nil }
        var output = OutputBuffer(minimumCapacity: 64)
        output.append(rpcResult: Array("true".utf8)[...], id: id)
        return output.array()
    }

    private static func check(_ statement: Statement, in directory: ClientDirectory) throws(RPCError) {
        do throws(AuthenticationFailure) {
            _ = try client(statement, in: directory)
        } catch {
            throw RPCError(error)
        }
    }

    /// Parses the parameters of `auth`: `key`, and `workspaces`, an object of keys by slug.
    private static func statement(_ params: RPCParams) throws(RPCError) -> Statement {
        let form = "auth takes {\"key\": KEY} or {\"key\": KEY, \"workspaces\": {SLUG: KEY}}, or these by position."
        let key: JSONValue?
        let workspaces: JSONValue?
        switch params {
        case .byName(let members):
            guard members.keys.allSatisfy({ $0 == "key" || $0 == "workspaces" }) else { throw .invalidParams(form) }
            (key, workspaces) = (members["key"], members["workspaces"])
        case .byPosition(let items):
            guard 1...2 ~= items.count else { throw .invalidParams(form) }
            (key, workspaces) = (items.first, items.count == 2 ? items[1] : nil)
        }
        var statement = Statement()
        if let key, !key.isNull { statement.token = try text(of: key, form) }
        if let workspaces, !workspaces.isNull {
            guard let members = workspaces.objectValue else { throw .invalidParams(form) }
            guard members.count <= Caller.maximumWorkspaceKeys else {
                throw .invalidParams("auth takes the keys of at most \(Caller.maximumWorkspaceKeys) workspaces.")
            }
            for (slug, key) in members { statement.client.setKey(try text(of: key, form), forWorkspace: slug) }
        }
        statement.caller = statement.client
        if let key = statement.token { statement.caller.setKey(key) }
        guard !statement.caller.isAnonymous else { throw .invalidParams(form) }
        guard statement.caller.memoryBytes <= 4 * Caller.maximumKeyBytes else {
            throw .invalidParams("The keys of auth are too long: send fewer of them.")
        }
        return statement
    }

    /// The text of a key, which must be valid in a header field.
    private static func text(of key: JSONValue, _ form: String) throws(RPCError) -> String {
        guard let text = key.stringValue, !text.isEmpty, text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
            throw .invalidParams("\(form) A key is a string of visible ASCII characters.")
        }
        return text
    }

    private static let unauthenticated = RPCError.unauthenticated(
        "Not authenticated: first call auth with {\"key\": KEY}."
    )
}

extension RPCError {
    /// The response to a call with this error.
    func response(id: RPCID) -> [UInt8] {
        var output = OutputBuffer(minimumCapacity: 256)
        output.append(rpcError: self, id: id)
        return output.array()
    }
}
