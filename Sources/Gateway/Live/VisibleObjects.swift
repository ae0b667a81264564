internal import JSON
private import Synchronization

/// Whether subscribers could see objects at the time when a change of them became known, until it is read.
///
/// This is looked up as soon as a change is in the feed: a later request that fetches the object replaces the cached response from
/// before the change.
final class VisibleObjects: Sendable {
    private let objects = Mutex<[ExactString: Bool]>([:])

    /// Records whether an object was visible when a change became known; after several changes, whether it once was.
    func note(_ key: String, isVisible: Bool) {
        objects.withLock { $0[ExactString(key), default: false] = ($0[ExactString(key)] ?? false) || isVisible }
    }

    /// Removes the record of an object, and returns whether it was visible; nil: there is none.
    func take(_ key: String) -> Bool? { objects.withLock { $0.removeValue(forKey: ExactString(key)) } }
}
