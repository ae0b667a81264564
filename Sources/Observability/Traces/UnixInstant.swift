internal import Tracing

/// An instant in Unix time.
struct UnixInstant: TracerInstant {
    let nanosecondsSinceEpoch: UInt64

    static func < (left: UnixInstant, right: UnixInstant) -> Bool {
        left.nanosecondsSinceEpoch < right.nanosecondsSinceEpoch
    }
}
