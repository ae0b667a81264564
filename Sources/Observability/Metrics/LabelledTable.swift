private import Synchronization

/// The instruments of few sets of labels.
///
/// Each part has a lock and a list of its own, so that threads are not in each other's way.
final class LabelledTable<Key: Equatable & Sendable, Value: Sendable>: Sendable {
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

    /// Has the instruments of a key used.
    // PERF: in place: a copy of a few instruments would cost more than their use.
    func use(_ key: Key, _ body: (borrowing Value) -> Void) {
        parts[ThreadShard.current & 7].withLock { entries in
            if let position = entries.firstIndex(where: { $0.key == key }) { return body(entries[position].value) }
            let entry = Entry(key: key, value: make(key))
            entries.append(entry)
            body(entry.value)
        }
    }
}
