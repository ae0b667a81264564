internal import GraphQL
internal import JSON
package import Upstream

/// The sender of a request: its credentials, its address, and whether it requests a report of calls.
package struct Caller: Sendable {
    /// The credential of the header `Authorization`, which is for the first workspace.
    package private(set) var credential: Credential?
    /// The credentials of the headers `Workspace-Key`, by the slug of the workspace.
    private var workspaceCredentials: [ExactString: Credential] = [:]
    /// The authenticated client of the gateway; nil: the request has not authenticated as one.
    package var client: GatewayClient?
    /// The caller group that follows from the protocol; a client with a lane of its own uses that lane instead.
    var group = CallerGroup.people
    /// The id of the session that the request belongs to; nil: it has none.
    package var session: String?
    /// The address of the peer, if it is known.
    package var address: String?
    /// Identifies the request in logs and in its response; nil: it has no id.
    package internal(set) var requestID: RequestID?
    /// The trace context of the request's span; nil: it is in no trace.
    package internal(set) var trace: TraceContext?
    /// Records the executed operations of the exchange; nil: nothing reads them.
    package var notes: ExchangeNotes?
    /// Whether the request is a message on a connection that carries many, and not an HTTP request.
    package internal(set) var isMessage = false
    /// Whether the response reports the calls that the request took.
    package var wantsReport = false
    /// The header field `Idempotency-Key`; nil: the request has none.
    package var idempotency: IdempotencyField?
    /// The idempotency key of a message, where its protocol has a member for it; it takes precedence over the header field.
    var statedIdempotencyKey: JSONValue?
    /// Whether the report lists the calls one by one.
    package var wantsPlan = false
    /// Whether a `Workspace-Key` has an element that is not a slug with a key, or too many elements.
    private(set) var hasMalformedKeys = false
    /// The record of what the request has counted against its client's minute, for a refund on overload; nil: there is none.
    package var charge: ClientCharge?

    /// Makes a caller with one credential, or none.
    package init(credential: Credential? = nil) {
        self.credential = credential
    }

    /// Reads the keys of a request's header fields.
    ///
    /// - Parameters:
    ///   - authorization: the value of `Authorization`.
    ///   - workspaceKeys: the values of `Workspace-Key`, each a list of `SLUG KEY`.
    package init(authorization: String?, workspaceKeys: [String]) {
        self.init(credential: authorization.map { Credential(authorization: $0) })
        var elements = 0
        for value in workspaceKeys {
            for element in value.utf8.split(separator: UInt8(ascii: ",")) {
                elements += 1
                guard elements <= Self.maximumWorkspaceKeys else {
                    hasMalformedKeys = true
                    return
                }
                let words = element.split { Self.isSpace($0) }
                guard words.count == 2 else {
                    if !words.isEmpty { hasMalformedKeys = true }
                    continue
                }
                setKey(String(words[1]) ?? "", forWorkspace: String(words[0]) ?? "")
            }
        }
    }

    /// Whether the caller has no credentials of its own.
    package var isAnonymous: Bool { credential == nil && workspaceCredentials.isEmpty }

    /// The slugs of the workspaces for which the caller has a credential of its own in `Workspace-Key`.
    package var workspaceSlugs: [String] { workspaceCredentials.keys.map(\.string) }

    /// The most bytes of the keys that a message of a connection may have: as many as header fields.
    package static let maximumKeyBytes = 64 << 10

    /// The memory that its keys take, in bytes.
    package var memoryBytes: Int {
        workspaceCredentials.reduce(credential?.allocatedBytes ?? 0) { sum, entry in
            sum + entry.key.string.utf8.count + Self.bytesOfEntry + entry.value.allocatedBytes
        }
    }

    /// The memory of a workspace's key without its texts, in bytes.
    private static let bytesOfEntry = 64

    /// Sets the key for the first workspace.
    package mutating func setKey(_ key: String) { credential = Credential(key: key) }

    /// Sets the key for a workspace.
    package mutating func setKey(_ key: String, forWorkspace slug: String) {
        workspaceCredentials[ExactString(slug)] = Credential(key: key)
    }

    /// Adds the keys of another caller; they replace keys for the same workspaces.
    package mutating func addKeys(of other: Caller) {
        if let credential = other.credential { self.credential = credential }
        workspaceCredentials.merge(other.workspaceCredentials) { _, new in new }
        if other.hasMalformedKeys { hasMalformedKeys = true }
    }

    /// Makes it a client of the gateway: the credential was its token and is not a key of an upstream.
    package mutating func become(_ client: GatewayClient) {
        credential = nil
        self.client = client
    }

    /// The parts that decide which results it may see, and how the calls for them are charged and queued.
    var identity: CallerIdentity {
        CallerIdentity(
            credential: credential,
            workspaceCredentials: workspaceCredentials,
            client: client.map { ObjectIdentifier($0) },
            group: group,
            session: session
        )
    }

    // MARK: - Credentials

    /// The credential that identifies the caller; nil: it has none.
    package var namingCredential: Credential? {
        // PERF: nearly always it is the first workspace's.
        credential ?? workspaceCredentials.min { $0.key.string < $1.key.string }?.value
    }

    /// The credential for each workspace: the caller's own, else the configured one.
    func credentials(for workspaces: [Workspace], configured: ConfiguredCredentials) -> [Credential?] {
        workspaces.map { workspace in
            if let client, !client.mayUse(workspace) { return nil }
            // A malformed key is not sent, but the configured one does not replace it either.
            if let own = own(for: workspace) { return own.isWellFormed ? own : nil }
            if let key = configured[workspace.index] { return key }
            // A single upstream may allow calls without a key.
            return workspaces.count == 1 ? Credential(authorization: nil) : nil
        }
    }

    /// Identifies callers in the fair queue of a key, by a value that a client cannot forge.
    var id: CallerID { client?.callerID ?? address.map { CallerID($0) } ?? .anonymous }

    /// The clients whose limits the caller's requests count against.
    ///
    /// A key that the upstream has not accepted could be made up, so the address is counted as well.
    func clients(for workspaces: [Workspace], configured: ConfiguredCredentials) -> [ClientID] {
        if let client { return [.client(client.name)] }
        var clients: [ClientID] = []
        var isStranger = false
        for workspace in workspaces {
            if let own = own(for: workspace) {
                if !workspace.hasAccepted(own) { isStranger = true }
                if own.isWellFormed, !clients.contains(.key(own)) { clients.append(.key(own)) }
            } else if configured.contains(workspace.index) {
                clients.append(.configuredKey(workspace.index))
            }
        }
        if isStranger || clients.isEmpty { clients.append(.address(address)) }
        return clients
    }

    /// The clients whose shares of sessions and of stored replies it uses.
    ///
    /// A key that the upstream has not accepted could be made up: it adds nothing to keys that it has accepted, and a caller without one has
    /// the share of its address.
    func holders(for workspaces: [Workspace], configured: ConfiguredCredentials) -> [ClientID] {
        if let client { return [.client(client.name)] }
        if isAnonymous {
            let keys = workspaces.lazy.map(\.index).filter { configured.contains($0) }.map {
                ClientID.configuredKey($0)
            }
            return keys.isEmpty ? [.address(address)] : Array(keys)
        }
        var accepted: [ClientID] = []
        for workspace in workspaces {
            guard let own = own(for: workspace), workspace.hasAccepted(own) else { continue }
            if !accepted.contains(.key(own)) { accepted.append(.key(own)) }
        }
        return accepted.isEmpty ? [.address(address)] : accepted
    }

    /// The extension of internal errors: the request id under which the log has the reason.
    var errorReference: ErrorReference? {
        requestID.map { ErrorReference(code: .internal, member: "requestId", label: "request id", value: $0.text) }
    }

    /// Whether the upstream has accepted all credentials of the caller.
    func isKnown(to workspaces: [Workspace]) -> Bool {
        workspaces.allSatisfy { workspace in own(for: workspace).map { workspace.hasAccepted($0) } ?? true }
    }

    /// The caller's own credential for a workspace; nil: it has none.
    func own(for workspace: Workspace) -> Credential? {
        // PERF: most callers bring one key.
        if !workspaceCredentials.isEmpty, let own = workspaceCredentials[ExactString(workspace.slug)] { return own }
        return workspace.index == 0 ? credential : nil
    }

    /// The most elements of all `Workspace-Key` fields of a request.
    package static let maximumWorkspaceKeys = 1000

    private static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
