internal import Gateway
internal import Upstream

/// Probes the workspaces of a configuration, all at the same time.
struct UpstreamProbe: Sendable {
    /// One workspace and the result of its probe.
    struct Finding: Sendable {
        let slug: String
        let result: ProbeResult
    }

    private let probes: [(slug: String, probe: WorkspaceProbe, credential: Credential?)]

    /// Makes the probe of a service's configuration.
    init(_ configuration: ServiceConfiguration) {
        let credentials = configuration.configuredCredentials
        probes = configuration.workspaces.enumerated().map { index, workspace in
            let probe = WorkspaceProbe(
                baseURL: workspace.baseURL,
                bindings: configuration.schema.bindings,
                transport: configuration.transport,
                timeout: workspace.timeout ?? configuration.upstreamTimeout,
                connection: workspace.connection
            )
            return (workspace.slug, probe, credentials[index])
        }
    }

    /// Makes one call for each workspace.
    func run() async -> [Finding] {
        await withTaskGroup(of: (Int, Finding).self) { group in
            for (index, (slug, probe, credential)) in probes.enumerated() {
                group.addTask { (index, Finding(slug: slug, result: await probe.run(credential: credential))) }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}
