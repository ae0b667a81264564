private import Synchronization

/// The instruments of few sets of labels.
///
/// Each shard has a lock and a list of its own, so that threads do not contend.
final class LabelledTable<Key: Equatable & Sendable, Value: AnyObject & Sendable>: Sendable {
    private struct Entry: Sendable {
        let key: Key
        let value: Value
    }

    private let parts = InlineArray<8, Mutex<[Entry]>> { _ in Mutex([]) }
    private let make: @Sendable (Key) -> Value

    /// Makes a table.
    ///
    /// - Parameter make: makes the instruments of a key, equal ones for equal keys; there must be few keys.
    init(_ make: @escaping @Sendable (Key) -> Value) {
        self.make = make
    }

    /// The instruments of a key.
    subscript(key: Key) -> Value { self[key, shard: ThreadShard.current] }

    /// The instruments of a key on the current thread, whose shard is known.
    subscript(key: Key, shard shard: Int) -> Value {
        parts[shard & 7].withLock { entries in
            if let known = Self.value(of: key, in: entries) { return known }
            let value = make(key)
            entries.append(Entry(key: key, value: value))
            return value
        }
    }

    // PERF: in place, as copying an entry to compare it costs more than using its instruments.
    private static func value(of key: Key, in entries: borrowing [Entry]) -> Value? {
        let entries = entries.span
        for position in entries.indices where entries[position].key == key { return entries[position].value }
        return nil
    }
}
