internal import Upstream

extension GatewayService {
    /// Whether there are keys that callers without credentials of their own spend.
    package var hasConfiguredKeys: Bool { !configuredCredentials.isEmpty }

    /// Whether a caller can spend a key of the configuration, as it brings none for that key's workspace.
    package func spendsConfiguredKey(for caller: Caller) -> Bool {
        // The token of a client is nothing that a browser adds by itself.
        caller.client == nil
            && broker.workspaces.contains { workspace in
                configuredCredentials.contains(workspace.index) && caller.own(for: workspace) == nil
            }
    }
}
