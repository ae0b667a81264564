private import Synchronization

/// The instruments of few sets of labels, found without a lock: a list that is only appended to.
final class LabelledTable<Key: Equatable & Sendable, Value: Sendable>: Sendable {
    private final class Entry: Sendable {
        let key: Key
        let value: Value
        let next = AtomicLazyReference<Entry>()

        init(_ key: Key, _ value: Value) {
            self.key = key
            self.value = value
        }
    }

    private let first = AtomicLazyReference<Entry>()
    private let make: @Sendable (Key) -> Value

    /// Makes a table.
    ///
    /// - Parameter make: makes the instruments of a key that is new; keys must have few values.
    init(_ make: @escaping @Sendable (Key) -> Value) {
        self.make = make
    }

    /// The instruments of a key.
    subscript(key: Key) -> Value {
        var entry = first.load() ?? first.storeIfNil(Entry(key, make(key)))
        while entry.key != key { entry = entry.next.load() ?? entry.next.storeIfNil(Entry(key, make(key))) }
        return entry.value
    }
}
