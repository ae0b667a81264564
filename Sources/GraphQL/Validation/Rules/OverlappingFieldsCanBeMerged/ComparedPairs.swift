/// Pairs that have been compared, so that they are not compared again.
///
/// What was compared as belonging to distinct objects was compared less strictly than the rest.
struct ComparedPairs<Key: Hashable> {
    private var onlyByShape: [Key: Bool] = [:]

    /// Notes a comparison; false if it was made before, as strictly or more.
    mutating func insert(_ key: Key, ofDistinctObjects: Bool) -> Bool {
        if let known = onlyByShape[key], ofDistinctObjects || !known { return false }
        onlyByShape[key] = ofDistinctObjects
        return true
    }
}

/// Two fragments by name, in either order.
struct FragmentPair: Hashable {
    private let first: String
    private let second: String

    init(_ a: String, _ b: String) {
        (first, second) = a < b ? (a, b) : (b, a)
    }
}

/// Collected fields and a fragment by name.
struct FieldsAndFragment: Hashable {
    private let fields: ObjectIdentifier
    private let fragment: String

    init(_ fields: FieldCollection, _ fragment: String) {
        self.fields = ObjectIdentifier(fields)
        self.fragment = fragment
    }
}
