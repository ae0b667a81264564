/// Pairs that have been compared, so that they are not compared again.
///
/// Pairs that belong to distinct objects were compared less strictly than the rest.
struct ComparedPairs<Key: Hashable> {
    private var onlyByShape: [Key: Bool] = [:]

    /// Notes a comparison; false if it was made before, as strictly or more.
    mutating func insert(_ key: Key, ofDistinctObjects: Bool) -> Bool {
        if let known = onlyByShape[key], ofDistinctObjects || !known { return false }
        onlyByShape[key] = ofDistinctObjects
        return true
    }
}
