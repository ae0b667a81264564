internal import Upstream

extension GatewayService {
    /// Whether the configuration has keys, which callers without a credential of their own use.
    package var hasConfiguredKeys: Bool { !configuredCredentials.isEmpty }

    /// Whether a caller would use a configured key, as it has none of its own for the key's workspace.
    package func spendsConfiguredKey(for caller: Caller) -> Bool {
        // A browser does not add the token of a client by itself.
        caller.client == nil
            && broker.workspaces.contains { workspace in
                configuredCredentials.contains(workspace.index) && caller.own(for: workspace) == nil
            }
    }
}
