private import Caching

/// The responses that a caller is shown: callers with equal views are shown the same.
package struct CallerView: Sendable, Hashable {
    /// The credential for each workspace.
    let credentials: [Credential?]

    /// The memory that it takes up outside of itself.
    package var memoryFootprint: Int {
        credentials.reduce(AllocatedBytes.array(credentials)) { $0 + ($1?.allocatedBytes ?? 0) }
    }

    /// A number that grows whenever a response has changed that the caller can be shown, or may have, by a write.
    ///
    /// As long as it stays the same, what the caller was shown from fresh responses would be shown again.
    package func changes(in broker: CallBroker) -> UInt64 {
        var sum = broker.store.changes(in: .workspace)
        for (credential, invalidationLog) in zip(credentials, broker.invalidationLogs) {
            guard let credential else { continue }
            sum &+= broker.store.changes(in: .credential(credential)) &+ invalidationLog.now
        }
        return sum
    }
}
