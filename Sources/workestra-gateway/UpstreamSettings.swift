internal import Upstream

/// What upstream calls depend on: if it is the same after a reload, caches and budgets stay as they are.
struct UpstreamSettings: Equatable {
    /// One workspace.
    struct WorkspaceSettings: Equatable {
        let slug: String
        let url: String
        let plan: UpstreamOptions.PlanName
    }

    /// The texts of the schema.
    let schema: [UInt8]
    let workspaces: [WorkspaceSettings]
    let batching: Bool
    let deduplication: Bool
    let caching: Bool
    let cacheMegabytes: Int
    let timeout: Int

    init(_ command: ServeCommand, _ entries: [UpstreamOptions.Entry], schema: [UInt8]) {
        let upstreams = command.upstreams
        self.schema = schema
        workspaces = entries.map { entry in
            WorkspaceSettings(slug: entry.slug, url: entry.url, plan: entry.plan ?? upstreams.plan)
        }
        let spending = upstreams.spending
        (batching, deduplication, caching) = (spending.batching, spending.deduplication, spending.caching)
        cacheMegabytes = upstreams.cacheMegabytes
        timeout = command.upstreamTimeout
    }

    /// The positions of workspaces that are the same as before, so that what is known of their budgets stays known.
    func unchangedWorkspaces(since previous: UpstreamSettings) -> Set<Int> {
        guard schema == previous.schema, timeout == previous.timeout else { return [] }
        let common = workspaces.indices.prefix(previous.workspaces.count)
        return Set(common.filter { workspaces[$0] == previous.workspaces[$0] })
    }
}
