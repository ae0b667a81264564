internal import Caching
internal import GraphQL
private import Synchronization

/// What earlier responses have shown of the upstream's collections and entities: how large, and how complete.
///
/// It only guides the choice between plans with equal results, so that it may be outdated.
final class UpstreamKnowledge: Sendable {
    /// A collection of a workspace, as one scope sees it.
    struct CollectionKey: Sendable, Hashable {
        let workspace: Int
        let scope: CacheScope
        /// The path without its page.
        let path: String

        /// The memory that it takes up outside of itself.
        var allocatedBytes: Int { scope.allocatedBytes + AllocatedBytes.string(path) }
    }

    /// The most bytes of what is remembered of sizes, and of names of objects.
    private static let maximumBytes = 2 << 20

    /// Recent requests for lists, one by one.
    let listDemand = DemandKnowledge()
    /// Recent requests for objects, one by one.
    let objectDemand = DemandKnowledge()
    /// How upstreams count rows and fill pages.
    let paging = PagingKnowledge()
    /// The lists that could not be read lately.
    let unreadableLists = UnreadableLists()

    private struct Size {
        let rows: Int
        /// The writes of the workspace that it knows of.
        let epoch: InvalidationLog.Epoch
    }

    private let sizes = Mutex(SieveCache<CollectionKey, Size>(maximumBytes: maximumBytes))
    /// Knowledge of members that representations of objects lack.
    let members = MemberKnowledge()
    /// Which paths name one object.
    let aliases = ObjectAliases(maximumBytes: maximumBytes)

    /// How many rows a collection had when it was last seen, and the writes of the workspace until then.
    func size(of key: CollectionKey) -> (rows: Int, epoch: InvalidationLog.Epoch)? {
        sizes.withLock { $0.value(for: key) }.map { ($0.rows, $0.epoch) }
    }

    /// Notes how many rows a collection has, as far as is known after the writes of an epoch.
    func learn(size rows: Int, of key: CollectionKey, epoch: InvalidationLog.Epoch) {
        _ = sizes.withLock { $0.insert(Size(rows: rows, epoch: epoch), for: key, cost: key.allocatedBytes) }
    }
}
