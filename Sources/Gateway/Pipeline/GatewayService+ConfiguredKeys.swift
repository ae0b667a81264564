private import Upstream

extension GatewayService {
    /// Whether there are keys that callers without credentials of their own spend.
    package var hasConfiguredKeys: Bool { configuredCredentials.contains { $0 != nil } }

    /// Whether a caller can spend a key of the configuration, as it brings none for that key's workspace.
    package func spendsConfiguredKey(for caller: Caller) -> Bool {
        broker.workspaces.contains { workspace in
            configuredCredentials.indices.contains(workspace.index)
                && configuredCredentials[workspace.index] != nil && caller.own(for: workspace) == nil
        }
    }
}
