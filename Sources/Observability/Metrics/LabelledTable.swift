private import Synchronization

/// The instruments of few sets of labels.
///
/// Each part has a lock and a list of its own, so that threads are not in each other's way.
final class LabelledTable<Key: Equatable & Sendable, Value: AnyObject & Sendable>: Sendable {
    private struct Entry: Sendable {
        let key: Key
        let value: Value
    }

    private let parts = InlineArray<8, Mutex<[Entry]>> { _ in Mutex([]) }
    private let make: @Sendable (Key) -> Value

    /// Makes a table.
    ///
    /// - Parameter make: makes the instruments of a key, the same ones each time; keys must have few values.
    init(_ make: @escaping @Sendable (Key) -> Value) {
        self.make = make
    }

    /// The instruments of a key.
    subscript(key: Key) -> Value { self[key, shard: ThreadShard.current] }

    /// The instruments of a key on the current thread, whose part is known.
    subscript(key: Key, shard shard: Int) -> Value {
        parts[shard & 7].withLock { entries in
            if let known = Self.value(of: key, in: entries) { return known }
            let value = make(key)
            entries.append(Entry(key: key, value: value))
            return value
        }
    }

    // PERF: in place: an entry that is copied to be compared takes more than the use of its instruments.
    private static func value(of key: Key, in entries: borrowing [Entry]) -> Value? {
        let entries = entries.span
        for position in entries.indices where entries[position].key == key { return entries[position].value }
        return nil
    }
}
