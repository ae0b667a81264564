internal import GraphQL
internal import JSON
package import Upstream

/// Who sends a request: its credentials, its address, and whether it wants a report of calls.
package struct Caller: Sendable {
    /// The credential of the header `Authorization`: for the first workspace.
    package private(set) var credential: Credential?
    /// Credentials for workspaces by slug, of the headers `Workspace-Key`.
    private var workspaceCredentials: [ExactString: Credential] = [:]
    /// The client of the gateway that it is; nil: it has not authenticated as one.
    package var client: GatewayClient?
    /// Who calls by the protocol of the request; a client that has a lane of its own is in that one.
    var group = CallerGroup.people
    /// The id of the session that the request belongs to; nil: it has none.
    package var session: String?
    /// The address that the request comes from, if it is known.
    package var address: String?
    /// By which the request is found in logs and in its response; nil: it has no id.
    package internal(set) var requestID: RequestID?
    /// The span of the request; nil: it is in no trace.
    package internal(set) var trace: TraceContext?
    /// Where it is noted what is executed; nil: nobody asks for that.
    package var notes: ExchangeNotes?
    /// Whether the request is a message on a connection of many, and no HTTP request.
    package internal(set) var isMessage = false
    /// Whether the response reports the calls that the request took.
    package var wantsReport = false
    /// What the request names its writes by; nil: nothing.
    package var idempotency: IdempotencyField?
    /// What a message names its write by, where its protocol has a place for that: it wins over the header field.
    var statedIdempotencyKey: JSONValue?
    /// Whether the report lists the calls one by one.
    package var wantsPlan = false
    /// Whether `Workspace-Key` has something else than slugs with their keys.
    private(set) var hasMalformedKeys = false
    /// What is counted against its minute, to be taken back if the gateway refuses the request for load; nil: it is not likely to.
    package var charge: ClientCharge?

    /// Makes a caller that brings one credential, or none.
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
        for value in workspaceKeys {
            for element in value.utf8.split(separator: UInt8(ascii: ",")) {
                let words = element.split(maxSplits: 1) { Self.isSpace($0) }
                guard words.count == 2 else {
                    if !words.isEmpty { hasMalformedKeys = true }
                    continue
                }
                setKey(String(words[1]) ?? "", forWorkspace: String(words[0]) ?? "")
            }
        }
    }

    /// Whether the caller brings no key.
    package var isAnonymous: Bool { credential == nil && workspaceCredentials.isEmpty }

    /// The slugs of the workspaces for which the caller brings a key of its own.
    package var workspaceSlugs: [String] { workspaceCredentials.keys.map(\.string) }

    /// Sets the key for the first workspace.
    package mutating func setKey(_ key: String) { credential = Credential(key: key) }

    /// Sets the key for a workspace.
    package mutating func setKey(_ key: String, forWorkspace slug: String) {
        workspaceCredentials[ExactString(slug)] = Credential(key: key)
    }

    /// Adds the keys of another caller to its own, in place of those for the same workspaces.
    package mutating func addKeys(of other: Caller) {
        if let credential = other.credential { self.credential = credential }
        workspaceCredentials.merge(other.workspaceCredentials) { _, new in new }
        if other.hasMalformedKeys { hasMalformedKeys = true }
    }

    /// Makes it a client of the gateway, whose token is no key of an upstream.
    package mutating func become(_ client: GatewayClient) {
        credential = nil
        self.client = client
    }

    /// What decides which results it may see, and how the calls for them are paid and paced.
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

    /// A credential by which the caller is named; nil: it brings none.
    package var namingCredential: Credential? {
        // PERF: nearly always it is the first workspace's.
        credential ?? workspaceCredentials.min { $0.key.string < $1.key.string }?.value
    }

    /// The credential for each workspace: what the caller brings, else what the configuration holds.
    func credentials(for workspaces: [Workspace], configured: ConfiguredCredentials) -> [Credential?] {
        workspaces.map { workspace in
            if let client, !client.mayUse(workspace) { return nil }
            // What is malformed is no key, but it does not ask for another one either.
            if let own = own(for: workspace) { return own.isWellFormed ? own : nil }
            if let key = configured[workspace.index] { return key }
            // A lone upstream may be open to everybody.
            return workspaces.count == 1 ? Credential(authorization: nil) : nil
        }
    }

    /// Identifies callers in the fair queue of a key, by what a client cannot forge.
    var id: CallerID { client?.callerID ?? address.map { CallerID($0) } ?? .anonymous }

    /// The clients whose limits the caller's requests count against.
    ///
    /// A key that the upstream has not accepted could be made up, so that it is counted by its address as well.
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

    /// What internal errors state: the id under which the log has their reason.
    var errorReference: ErrorReference? {
        requestID.map { ErrorReference(code: .internal, member: "requestId", label: "request id", value: $0.text) }
    }

    /// Whether the upstream has accepted all keys that the caller brings.
    func isKnown(to workspaces: [Workspace]) -> Bool {
        workspaces.allSatisfy { workspace in own(for: workspace).map { workspace.hasAccepted($0) } ?? true }
    }

    /// The credential for a workspace that the caller brings.
    func own(for workspace: Workspace) -> Credential? {
        // PERF: most callers bring one key.
        if !workspaceCredentials.isEmpty, let own = workspaceCredentials[ExactString(workspace.slug)] { return own }
        return workspace.index == 0 ? credential : nil
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
