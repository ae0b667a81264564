internal import Gateway
private import JSON
private import JSONRPC
private import Upstream

/// Who sends the messages of a connection: what has been told of it so far.
///
/// The method `auth` is the connection's own: it tells the keys for all calls after it, and may be called again.
struct MessageAccess: Sendable {
    /// The caller of what comes next; nil: it must say who it is first.
    private(set) var caller: Caller?

    /// What becomes of a message.
    enum Decision: Sendable {
        /// It is answered here; nil: not at all.
        case answered([UInt8]?)
        /// It is passed on in the caller's name.
        case passedOn(Caller)
    }

    /// The code of errors that say who is unknown, in the range that servers may use.
    static let unauthenticated = -32001

    private static let method = Array("\"auth\"".utf8)

    /// Looks at a message: whether it tells who calls, and whether it may be passed on.
    mutating func decide(_ message: [UInt8]) -> Decision {
        // PERF: nearly no message names the method, so that nearly none is parsed twice.
        if let caller, !message.contains(Self.method) { return .passedOn(caller) }
        let read: RPCMessage
        do {
            read = try RPCMessage(message)
        } catch {
            return .answered(RPCResponse.error(error))
        }
        if case .single(.success(let request)) = read, request.method == "auth" { return authenticate(request) }
        if let caller { return .passedOn(caller) }
        return .answered(Self.refusal(of: read))
    }

    private mutating func authenticate(_ request: RPCRequest) -> Decision {
        do {
            caller = try Self.caller(request.parameters)
            return .answered(request.id.map { RPCResponse.result(Array("true".utf8)[...], id: $0) })
        } catch {
            return .answered(request.id.map { RPCResponse.error(error, id: $0) })
        }
    }

    /// The caller that the parameters of `auth` describe: `key`, and `workspaces`, an object of keys by slug.
    private static func caller(_ parameters: RPCRequest.Parameters) throws(RPCError) -> Caller {
        let form = "auth takes {\"key\": KEY} or {\"key\": KEY, \"workspaces\": {SLUG: KEY}}, or these by position."
        let key: JSONValue?
        let workspaces: JSONValue?
        switch parameters {
        case .none: throw .invalidParams(form)
        case .byName(let members):
            guard members.keys.allSatisfy({ $0 == "key" || $0 == "workspaces" }) else { throw .invalidParams(form) }
            (key, workspaces) = (members["key"], members["workspaces"])
        case .byPosition(let items):
            guard 1...2 ~= items.count else { throw .invalidParams(form) }
            (key, workspaces) = (items.first, items.count == 2 ? items[1] : nil)
        }
        var caller = Caller()
        if let key, !key.isNull { caller.credential = try credential(key, form) }
        if let workspaces, !workspaces.isNull {
            guard let members = workspaces.objectValue else { throw .invalidParams(form) }
            for (slug, key) in members { caller.workspaceCredentials[slug] = try credential(key, form) }
        }
        guard caller.credential != nil || !caller.workspaceCredentials.isEmpty else { throw .invalidParams(form) }
        return caller
    }

    /// A key as a credential; what a header could not carry is none.
    private static func credential(_ key: JSONValue, _ form: String) throws(RPCError) -> Credential {
        guard let text = key.stringValue, !text.isEmpty, text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
            throw .invalidParams("\(form) A key is a string of visible ASCII characters.")
        }
        return Credential(key: text)
    }

    /// What a message that came too early is answered with: an error for each request that has an id.
    private static func refusal(of message: RPCMessage) -> [UInt8]? {
        switch message {
        case .single(let request): refusal(of: request)
        case .batch(let requests): RPCResponse.batch(requests.compactMap { refusal(of: $0) })
        }
    }

    private static func refusal(of request: Result<RPCRequest, RPCRequest.Invalid>) -> [UInt8]? {
        switch request {
        case .failure(let invalid):
            return RPCResponse.error(invalid.error, id: invalid.id)
        case .success(let request):
            let message = "Say who you are first: call auth with {\"key\": KEY}."
            let error = RPCError(code: unauthenticated, message: message, data: ["code": "UNAUTHENTICATED"])
            return request.id.map { RPCResponse.error(error, id: $0) }
        }
    }
}

extension [UInt8] {
    /// Whether the bytes occur one after another.
    fileprivate func contains(_ part: [UInt8]) -> Bool {
        guard count >= part.count, let first = part.first else { return false }
        var start = startIndex
        while let found = self[start...].firstIndex(of: first), found + part.count <= endIndex {
            if self[found..<found + part.count].elementsEqual(part) { return true }
            start = found + 1
        }
        return false
    }
}
