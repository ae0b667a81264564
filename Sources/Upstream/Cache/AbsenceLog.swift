internal import GraphQL
private import Synchronization

/// Objects of which the upstream has said that they are gone, or that a credential may not see them: a list from before
/// that shows one of them is of no more use.
final class AbsenceLog: Sendable {
    /// An object as one scope saw it.
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
        /// The latest mark that has been dropped: every list from before counts as ended.
        var dropped: InvalidationLog.Epoch = 0
    }

    /// As many marks are remembered: more objects than this seldom go within the life of a cached list.
    private static let maximumMarks = 512

    private let state = Mutex(State())

    /// Notes that an object is gone from an epoch on.
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

    /// Whether a response from an epoch shows none of the objects that are gone since.
    ///
    /// - Parameters:
    ///   - epoch: when the response's call began.
    ///   - type: the type of its objects.
    ///   - scope: who may see it.
    ///   - keyHashes: the hashes of its objects' keys.
    /// - Returns: false also if that is no longer known.
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
