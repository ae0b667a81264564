internal import GraphQL
private import Synchronization

/// What earlier answers have taught of the upstream's collections and entities: how large, and how complete.
///
/// It only guides the choice between ways that give the same answer, so that it may be old.
final class UpstreamKnowledge: Sendable {
    /// A collection of a workspace, as one scope sees it.
    struct CollectionKey: Sendable, Hashable {
        let workspace: Int
        let scope: CacheScope
        /// The path without its page.
        let path: String
    }

    /// A member of the objects of a type in a workspace, as one credential sees them.
    struct MemberKey: Sendable, Hashable {
        let workspace: Int
        let credential: Credential?
        let type: TypeID
        let member: String
    }

    /// Where a member of an entity is to be found.
    enum Presence: Sendable {
        /// Neither in rows of collections nor in single objects.
        case absent
        /// Only in single objects: the rows are summaries.
        case detailOnly
    }

    /// The most collections, and the most members, of which something is remembered: about 3 MiB.
    private static let capacity = 8000

    /// What has lately been asked for one by one.
    let demand = DemandKnowledge()
    private let sizes = Mutex(SieveCache<CollectionKey, Int>(capacity: capacity))
    private let presences = Mutex(SieveCache<MemberKey, Learned>(capacity: capacity))

    private struct Learned {
        let presence: Presence
        let at: ContinuousClock.Instant
    }

    /// For how long nobody looks again for a member that one object did not have: another one may have it.
    private static let absenceLasts = Duration.seconds(60)

    /// How many rows a collection had when it was last seen.
    func size(of key: CollectionKey) -> Int? { sizes.withLock { $0.value(for: key) } }

    func learn(size: Int, of key: CollectionKey) { _ = sizes.withLock { $0.insert(size, for: key, cost: 1) } }

    /// Where a member is to be found that a row of a collection lacked; nil: not known.
    func presence(of key: MemberKey, at instant: ContinuousClock.Instant) -> Presence? {
        guard let learned = presences.withLock({ $0.value(for: key) }) else { return nil }
        switch learned.presence {
        case .detailOnly: return .detailOnly
        case .absent: return instant - learned.at <= Self.absenceLasts ? .absent : nil
        }
    }

    func learn(_ presence: Presence, of key: MemberKey, at instant: ContinuousClock.Instant) {
        _ = presences.withLock { $0.insert(Learned(presence: presence, at: instant), for: key, cost: 1) }
    }
}
