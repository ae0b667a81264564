internal import GraphQL
private import Synchronization

/// The invalidations of a workspace: decides whether a response is older than a write that concerns it.
///
/// Time is counted in invalidations. Every response has the epoch at which its call began; a write that ends marks its invalidation
/// scope with a new epoch, and calls that began before that are not used, cached or joined any more, by any caller.
package final class InvalidationLog: Sendable {
    /// The number of the workspace's invalidations up to a time.
    package typealias Epoch = UInt64

    /// The content of a response, as far as a write can concern it.
    enum Subject {
        /// One object of an entity type, by its own path.
        case object(TypeID, path: String)
        /// Rows, or an object by another path, of an entity type.
        case collection(TypeID)
        /// Anything else: any write concerns it.
        case anything
    }

    /// Makes a log without invalidations.
    package init() {}

    private let clock = Atomic<UInt64>(0)
    private let marks = Mutex(Marks())

    private struct Marks {
        /// The epoch of the last write of any type.
        var last: Epoch = 0
        /// The epoch of the last write whose scope is unknown.
        var unknown: Epoch = 0
        var types: [TypeID: TypeMarks] = [:]
        var changes = RecentChanges()
    }

    private struct TypeMarks {
        /// The number of slots for objects; objects that share a slot are invalidated together, which costs a call.
        static let slots = 1024

        var collections: Epoch = 0
        /// The epoch of the last write that concerned all objects of the type.
        var all: Epoch = 0
        var objects = [Epoch](repeating: 0, count: slots)

        static func slot(of path: String) -> Int {
            Int(UInt(bitPattern: path.hashValue) % UInt(slots))
        }
    }

    /// The current epoch.
    package var now: Epoch { clock.load(ordering: .acquiring) }

    /// Begins a new epoch for an invalidation that no write made; responses from before it are checked more closely.
    package func advance() -> Epoch { marks.withLock { _ in clock.add(1, ordering: .acquiringAndReleasing).newValue } }

    /// Whether a response whose call began in an epoch reflects every write that concerns it.
    func isCurrent(_ epoch: Epoch, _ subject: @autoclosure () -> Subject) -> Bool {
        // PERF: without writes, and for responses fetched after the last one, this takes no lock.
        if epoch >= now { return true }
        let subject = subject()
        return marks.withLock { marks in
            guard epoch >= marks.unknown else { return false }
            switch subject {
            case .anything:
                return epoch >= marks.last
            case .collection(let type):
                guard let known = marks.types[type] else { return true }
                return epoch >= max(known.collections, known.all)
            case .object(let type, let path):
                guard let known = marks.types[type] else { return true }
                return epoch >= max(known.objects[TypeMarks.slot(of: path)], known.all)
            }
        }
    }

    /// The changes of a type's objects since an epoch, and the current epoch; nil: not all of them are remembered.
    func changes(of type: TypeID, since epoch: Epoch) -> (records: [RecentChanges.Record], now: Epoch)? {
        marks.withLock { marks in
            guard epoch >= max(marks.unknown, marks.types[type]?.all ?? 0),
                let records = marks.changes.records(of: type, since: epoch)
            else { return nil }
            return (records, clock.load(ordering: .relaxed))
        }
    }

    /// Records that a write has ended.
    ///
    /// - Parameters:
    ///   - concern: the objects and lists that it may have changed.
    ///   - startedAt: the epoch in which it began.
    /// - Returns: the new epoch, in which its own response is current; nil if another write of the same object ended in the
    ///   meantime, so that it is unknown which of the two the upstream executed last.
    package func ended(_ concern: InvalidationScope, startedAt: Epoch) -> Epoch? {
        marks.withLock { marks in
            let epoch = clock.load(ordering: .relaxed) + 1
            marks.last = epoch
            var isCacheable = true
            if let type = concern.type {
                var known = marks.types.removeValue(forKey: type) ?? TypeMarks()
                known.collections = epoch
                let slots = concern.paths.map { TypeMarks.slot(of: $0) }
                isCacheable = slots.allSatisfy { max(known.objects[$0], known.all, marks.unknown) <= startedAt }
                for slot in slots { known.objects[slot] = epoch }
                marks.types[type] = known
                var change = concern.change ?? ObjectChange(kind: .updated, type: type, key: nil)
                // It is unknown which of two writes the upstream executed last, so neither response is known to be the present state.
                if !isCacheable { change.after = nil }
                marks.changes.add(RecentChanges.Record(epoch: epoch, change: change, scope: concern.responseScope))
                for type in concern.dependents {
                    marks.types[type, default: TypeMarks()].all = epoch
                }
            } else {
                marks.unknown = epoch
            }
            clock.store(epoch, ordering: .releasing)
            return isCacheable ? epoch : nil
        }
    }
}
