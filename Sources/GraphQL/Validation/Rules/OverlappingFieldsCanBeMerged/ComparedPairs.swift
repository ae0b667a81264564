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
