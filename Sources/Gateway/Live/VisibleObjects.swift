internal import JSON
private import Synchronization

/// Whether objects were the subscribers' to see when a change of them became known, until somebody asks.
///
/// That is found out as soon as a change is in the feed: whoever looks the object up after the change takes the place of what was shown
/// before it.
final class VisibleObjects: Sendable {
    private let objects = Mutex<[ExactString: Bool]>([:])

    /// Notes whether an object was visible when a change became known; of several changes one is enough.
    func note(_ key: String, isVisible: Bool) {
        objects.withLock { $0[ExactString(key), default: false] = ($0[ExactString(key)] ?? false) || isVisible }
    }

    /// Whether an object was visible; nil: nothing was noted since this was asked last.
    func take(_ key: String) -> Bool? { objects.withLock { $0.removeValue(forKey: ExactString(key)) } }
}
