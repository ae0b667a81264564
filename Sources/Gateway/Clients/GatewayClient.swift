package import GraphQL
internal import JSON
private import Synchronization
internal import Upstream

/// An authenticated client of the gateway, with its rights and limits.
package final class GatewayClient: Sendable {
    /// The configured name, which logs show.
    package let name: String
    /// Its limits per minute.
    package let limits: ClientLimits
    /// The value of the field `RateLimit-Policy`; nil: it is not limited.
    package let rateLimitPolicy: String?
    /// Whether mutations are refused.
    package let isReadOnly: Bool
    /// Whether it may see the operators' pages.
    package let isAdministrator: Bool
    /// Its lane; nil: that of the protocol that it uses.
    let lane: LanePolicy?
    /// Identifies it in the fair queue of a key.
    let callerID: CallerID
    private let workspaces: Set<ExactString>?
    private let documents: Set<ExactString>?
    private let limiter: Mutex<ClientLimiter>

    /// Makes a client.
    ///
    /// - Parameters:
    ///   - name: the name for logs.
    ///   - workspaces: the slugs of the workspaces that it may use; nil: all.
    ///   - isReadOnly: whether mutations are refused.
    ///   - isAdministrator: whether it may see the operators' pages.
    ///   - lane: its lane; nil: that of the protocol that it uses.
    ///   - documents: the texts of the documents that it may have executed; nil: any.
    ///   - limits: its limits per minute.
    package init(
        name: String,
        workspaces: [String]? = nil,
        isReadOnly: Bool = false,
        isAdministrator: Bool = false,
        lane: LanePolicy? = nil,
        documents: [String]? = nil,
        limits: ClientLimits = ClientLimits()
    ) {
        self.name = name
        self.isReadOnly = isReadOnly
        self.isAdministrator = isAdministrator
        self.lane = lane
        self.limits = limits
        callerID = CallerID("client \(name)")
        self.workspaces = workspaces.map { Set($0.map { ExactString($0) }) }
        self.documents = documents.map { Set($0.map { ExactString($0) }) }
        let limiter = ClientLimiter(limits, rememberedClients: 1)
        rateLimitPolicy = limiter.policyField
        self.limiter = Mutex(limiter)
    }

    /// The code of the error for an operation that a client may not execute.
    package static let forbidden = ErrorCode.forbidden

    /// Whether it may use a workspace.
    func mayUse(_ workspace: Workspace) -> Bool { workspaces?.contains(ExactString(workspace.slug)) ?? true }

    /// Whether it may have any document executed.
    package var mayExecuteAnyDocument: Bool { documents == nil }

    /// Whether it may have a document executed.
    func mayExecute(_ text: ExactString) -> Bool { documents?.contains(text) ?? true }

    /// Counts against the client's minute; nil: it is not limited.
    func count(_ body: (inout ClientLimiter, [ClientID]) -> RateLimitStatus) -> RateLimitStatus? {
        guard rateLimitPolicy != nil else { return nil }
        return limiter.withLock { body(&$0, [.client(name)]) }
    }
}
