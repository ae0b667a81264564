internal import Caching
internal import GraphQL
private import Synchronization

/// The knowledge about the upstream's collections and entities from earlier responses, such as their size and completeness.
///
/// It only guides the choice between plans with equal results, so it may be out of date.
final class UpstreamKnowledge: Sendable {
    /// A collection of a workspace, as one scope sees it.
    struct CollectionKey: Sendable, Hashable {
        let workspace: Int
        let scope: CacheScope
        /// The path without its page.
        let path: String

        /// The bytes that it takes up outside of itself.
        var allocatedBytes: Int { scope.allocatedBytes + AllocatedBytes.string(path) }
    }

    /// The most bytes of the known sizes, and of the known names of objects.
    private static let maximumBytes = 2 << 20

    /// The recent requests for single lists that a larger list would have covered.
    let listDemand = DemandKnowledge()
    /// The recent requests for single objects that a list would have covered.
    let objectDemand = DemandKnowledge()
    /// The habits by which upstreams count rows and fill pages.
    let paging = PagingKnowledge()
    /// The lists that recently could not be read.
    let unreadableLists = UnreadableLists()

    private struct Size {
        let rows: Int
        /// The workspace's epoch: the size reflects the writes before it.
        let epoch: InvalidationLog.Epoch
    }

    private let sizes = Mutex(SieveCache<CollectionKey, Size>(maximumBytes: maximumBytes))
    /// Knowledge about members that representations of objects lack.
    let members = MemberKnowledge()
    /// The paths that name the same object.
    let aliases = ObjectAliases(maximumBytes: maximumBytes)

    /// The number of rows of a collection when it was last seen, and the workspace's epoch at that time.
    func size(of key: CollectionKey) -> (rows: Int, epoch: InvalidationLog.Epoch)? {
        sizes.withLock { $0.value(for: key) }.map { ($0.rows, $0.epoch) }
    }

    /// Stores the number of rows of a collection as of an epoch.
    func learn(size rows: Int, of key: CollectionKey, epoch: InvalidationLog.Epoch) {
        _ = sizes.withLock { $0.insert(Size(rows: rows, epoch: epoch), for: key, cost: key.allocatedBytes) }
    }
}
