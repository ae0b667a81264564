internal import GraphQL
private import Synchronization

/// The objects that the upstream has reported missing, or forbidden to a credential: an older list that shows one of them is not used
/// any more.
final class AbsenceLog: Sendable {
    /// A missing object in a cache scope.
    struct Mark: Sendable {
        let epoch: InvalidationLog.Epoch
        let type: TypeID
        let scope: CacheScope
        let keyHash: UInt32
    }

    private struct State {
        var marks: [Mark] = []
        /// The epoch of the latest mark.
        var last: InvalidationLog.Epoch = 0
        /// The epoch of the latest mark that has been removed: older lists that could show its object count as invalid.
        var dropped: InvalidationLog.Epoch = 0
    }

    /// The most marks that are remembered; few cached lists live long enough to see more objects vanish.
    private static let maximumMarks = 512

    private let state = Mutex(State())

    /// Records that an object is missing from an epoch on.
    func add(_ mark: Mark) {
        state.withLock { state in
            state.last = max(state.last, mark.epoch)
            state.marks.append(mark)
            guard state.marks.count > Self.maximumMarks else { return }
            let half = Self.maximumMarks / 2
            state.dropped = state.marks.prefix(half).map(\.epoch).reduce(state.dropped, max)
            state.marks.removeFirst(half)
        }
    }

    /// Whether a response from an epoch shows none of the objects that have been reported missing since.
    ///
    /// - Parameters:
    ///   - epoch: the epoch at which the response's call began.
    ///   - type: the type of its objects.
    ///   - scope: the cache scope of the response.
    ///   - keyHashes: the hashes of its objects' keys.
    /// - Returns: whether it shows none; false also if that is not known any more.
    func isCurrent(
        _ epoch: InvalidationLog.Epoch,
        _ type: TypeID,
        _ scope: CacheScope,
        keyHashes: @autoclosure () -> [UInt32]
    ) -> Bool {
        state.withLock { state in
            guard epoch < state.last else { return true }
            guard epoch >= state.dropped else { return false }
            let newer = state.marks.filter { $0.epoch > epoch && $0.type == type && $0.scope == scope }
            guard !newer.isEmpty else { return true }
            let gone = Set(newer.map(\.keyHash))
            return !keyHashes().contains { gone.contains($0) }
        }
    }

    /// The hash by which an object's key is compared.
    static func hash(ofKey key: String) -> UInt32 {
        // FNV-1a: the same in every process, as a shared store would need.
        key.utf8.reduce(2_166_136_261) { hash, byte in (hash ^ UInt32(byte)) &* 16_777_619 }
    }
}
