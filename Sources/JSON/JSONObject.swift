/// An object's members, each name once, in the order in which they were first set.
///
/// Names are compared byte by byte, unlike Swift's strings. Two objects are equal if they have the same members.
package struct JSONObject: Sendable {
    /// The names, in order.
    package private(set) var keys: [String] = []
    /// The values, in the order of the names.
    package private(set) var values: [JSONValue] = []
    /// The index of each name, stored only for objects with more members than `searchLimit`.
    private var positions: [ExactString: Int] = [:]

    /// The most members that are searched linearly.
    private static let searchLimit = 16

    /// Makes an empty object.
    package init() {}

    /// Makes an object of names and values; for a repeated name the last value counts.
    package init(_ members: some Sequence<(String, JSONValue)>) {
        for (key, value) in members { self[key] = value }
    }

    /// Makes an object of names that are known to be distinct.
    init(uniqueKeys keys: [String], values: [JSONValue]) {
        self.keys = keys
        self.values = values
        indexKeys()
    }

    /// The number of members.
    package var count: Int { keys.count }

    /// Whether there are no members.
    package var isEmpty: Bool { keys.isEmpty }

    /// The value of a member; setting nil removes it.
    package subscript(key: String) -> JSONValue? {
        get { index(of: key).map { values[$0] } }
        set {
            if let newValue {
                updateValue(newValue, forKey: key)
            } else {
                removeValue(forKey: key)
            }
        }
    }

    /// Sets a member's value and returns the one it replaces.
    @discardableResult
    package mutating func updateValue(_ value: JSONValue, forKey key: String) -> JSONValue? {
        if let index = index(of: key) {
            let old = values[index]
            values[index] = value
            return old
        }
        keys.append(key)
        values.append(value)
        if keys.count > Self.searchLimit + 1 {
            positions[ExactString(key)] = keys.count - 1
        } else if keys.count > Self.searchLimit {
            indexKeys()
        }
        return nil
    }

    /// Removes a member and returns its value; takes time in proportion to the number of members.
    @discardableResult
    package mutating func removeValue(forKey key: String) -> JSONValue? {
        guard let index = index(of: key) else { return nil }
        keys.remove(at: index)
        let value = values.remove(at: index)
        indexKeys()
        return value
    }

    private mutating func indexKeys() {
        positions.removeAll()
        guard keys.count > Self.searchLimit else { return }
        for (index, key) in keys.enumerated() { positions[ExactString(key)] = index }
    }

    private func index(of key: String) -> Int? {
        if keys.count > Self.searchLimit { return positions[ExactString(key)] }
        let sought = ExactString(key)
        return keys.firstIndex { ExactString($0) == sought }
    }
}

extension JSONObject: Sequence {
    /// Walks through the members in their order.
    package func makeIterator() -> Zip2Sequence<[String], [JSONValue]>.Iterator {
        zip(keys, values).makeIterator()
    }
}

extension JSONObject: Hashable {
    /// Compares members irrespective of their order.
    package static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.count == right.count && left.allSatisfy { key, value in right[key] == value }
    }

    /// Hashes members irrespective of their order.
    package func hash(into hasher: inout Hasher) {
        var sum = 0
        for (key, value) in self {
            var member = Hasher()
            member.combine(ExactString(key))
            member.combine(value)
            sum ^= member.finalize()
        }
        hasher.combine(count)
        hasher.combine(sum)
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// Makes an object of names and values; for a repeated name the last value counts.
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements)
    }
}
