package import GraphQL
internal import JSON
private import Synchronization
internal import Upstream

/// A client of the gateway that has authenticated, and what it may do.
package final class GatewayClient: Sendable {
    package let name: String
    /// Its limits in a minute.
    package let limits: ClientLimits
    /// The value of the field `RateLimit-Policy`; nil: it is not limited.
    package let rateLimitPolicy: String?
    /// Whether it may not write.
    package let isReadOnly: Bool
    /// Whether it may see what operators see.
    package let isAdministrator: Bool
    /// The lane that it is in; nil: that of the protocol by which it comes.
    let lane: LanePolicy?
    /// Identifies it in the fair queue of a key.
    let callerID: CallerID
    private let workspaces: Set<ExactString>?
    private let documents: Set<ExactString>?
    private let limiter: Mutex<ClientLimiter>

    /// Makes a client.
    ///
    /// - Parameters:
    ///   - name: what logs call it.
    ///   - workspaces: the slugs of the workspaces that it may use; nil: all.
    ///   - isReadOnly: whether it may not write.
    ///   - isAdministrator: whether it may see what operators see.
    ///   - lane: the lane that it is in; nil: that of the protocol by which it comes.
    ///   - documents: the texts of the documents that it may have executed; nil: any.
    ///   - limits: its limits in a minute.
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

    /// The code of what a client may not do.
    package static let forbidden = ErrorCode.forbidden

    /// Whether it may use a workspace.
    func mayUse(_ workspace: Workspace) -> Bool { workspaces?.contains(ExactString(workspace.slug)) ?? true }

    /// Whether it may have any document executed.
    package var mayExecuteAnyDocument: Bool { documents == nil }

    /// Whether it may have a document executed.
    func mayExecute(_ text: ExactString) -> Bool { documents?.contains(text) ?? true }

    /// Counts something against its minute; nil: it is not limited.
    func count(_ body: (inout ClientLimiter, [ClientID]) -> RateLimitStatus) -> RateLimitStatus? {
        guard rateLimitPolicy != nil else { return nil }
        return limiter.withLock { body(&$0, [.client(name)]) }
    }
}
