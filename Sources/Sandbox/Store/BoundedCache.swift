/// Keeps responses up to a total weight; one more, and all are dropped.
///
/// A table drops everything at every write anyway, so nothing cleverer pays.
struct BoundedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let maximumWeight: Int
    private var weight = 0
    private var entries: [Key: Value] = [:]

    /// Makes an empty cache.
    init(maximumWeight: Int) {
        self.maximumWeight = maximumWeight
    }

    /// The value cached for a key.
    func value(for key: Key) -> Value? {
        entries[key]
    }

    /// Keeps a value, which weighs so much.
    mutating func keep(_ value: Value, for key: Key, weight added: Int) {
        if weight + added > maximumWeight { removeAll() }
        weight += added
        entries[key] = value
    }

    /// Forgets everything.
    mutating func removeAll() {
        weight = 0
        entries.removeAll()
    }
}
