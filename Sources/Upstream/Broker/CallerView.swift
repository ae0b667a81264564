private import Caching

/// The view of the cache that a caller has: callers with equal views see the same responses.
package struct CallerView: Sendable, Hashable {
    /// The credential for each workspace.
    let credentials: [Credential?]

    /// The bytes that it takes up outside of itself.
    package var memoryFootprint: Int {
        credentials.reduce(AllocatedBytes.array(credentials)) { $0 + ($1?.allocatedBytes ?? 0) }
    }

    /// A number that grows with each change of a response that the caller can see, or could see.
    ///
    /// As long as it stays the same, a result from fresh responses would be the same again.
    package func changes(in broker: CallBroker) -> UInt64 {
        var sum = broker.store.changes(in: .workspace)
        for (credential, invalidationLog) in zip(credentials, broker.invalidationLogs) {
            guard let credential else { continue }
            sum &+= broker.store.changes(in: .credential(credential)) &+ invalidationLog.now
        }
        return sum
    }
}
