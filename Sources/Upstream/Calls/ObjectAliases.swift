internal import Caching
internal import GraphQL
private import Synchronization

/// The paths of each object: its own, and those that contain another spelling of its key.
///
/// A write of the object concerns the responses of all of them.
final class ObjectAliases: Sendable {
    private struct ObjectPath: Hashable {
        let workspace: Int
        let type: TypeID
        let path: String

        /// The bytes that it takes up outside of itself.
        var allocatedBytes: Int { AllocatedBytes.string(path) }
    }

    private struct State {
        /// An object's own path and key, by each of its other paths.
        var owners: SieveCache<ObjectPath, (path: String, key: String)>
        /// The other paths, by the object's own.
        var aliases: SieveCache<ObjectPath, [String]>
    }

    /// The most spellings of one object's key that are remembered one by one.
    private static let maximumAliases = 32

    private let state: Mutex<State>

    /// Makes a table of at most `maximumBytes` bytes.
    init(maximumBytes: Int) {
        state = Mutex(
            State(
                owners: SieveCache(maximumBytes: maximumBytes / 2),
                aliases: SieveCache(maximumBytes: maximumBytes / 2)
            )
        )
    }

    /// Records that the response for a path shows an object with another path and key of its own.
    func learn(_ alias: String, of ownPath: String, key: String, type: TypeID, workspace: Int) {
        let own = ObjectPath(workspace: workspace, type: type, path: ownPath)
        let other = ObjectPath(workspace: workspace, type: type, path: alias)
        state.withLock { state in
            let bytes = other.allocatedBytes + AllocatedBytes.string(ownPath) + AllocatedBytes.string(key)
            _ = state.owners.insert((ownPath, key), for: other, cost: bytes)
            var aliases = state.aliases.value(for: own) ?? []
            guard !aliases.contains(alias), aliases.count <= Self.maximumAliases else { return }
            aliases.append(alias)
            let allBytes = aliases.reduce(own.allocatedBytes + AllocatedBytes.array(aliases)) {
                $0 + AllocatedBytes.string($1)
            }
            _ = state.aliases.insert(aliases, for: own, cost: allBytes)
        }
    }

    /// The own key of the object at another path; nil: none is known.
    func ownKey(of path: String, type: TypeID, workspace: Int) -> String? {
        state.withLock { $0.owners.value(for: ObjectPath(workspace: workspace, type: type, path: path))?.key }
    }

    /// All known paths of the object at a path; nil: there are too many to be remembered.
    func paths(of path: String, type: TypeID, workspace: Int) -> [String]? {
        state.withLock { state in
            let given = ObjectPath(workspace: workspace, type: type, path: path)
            let ownPath = state.owners.value(for: given)?.path ?? path
            let own = ObjectPath(workspace: workspace, type: type, path: ownPath)
            let aliases = state.aliases.value(for: own) ?? []
            guard aliases.count <= Self.maximumAliases else { return nil }
            return [ownPath] + aliases + (ownPath == path || aliases.contains(path) ? [] : [path])
        }
    }
}
