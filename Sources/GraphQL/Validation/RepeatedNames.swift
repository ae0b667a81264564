extension [NameNode] {
    /// The names that occur more than once, each with all its occurrences, in the order of the first ones.
    var repeated: [[NameNode]] {
        guard hasRepetition else { return [] }
        var ordinals: [String: Int] = [:]
        var groups: [[NameNode]] = []
        for name in self {
            if let known = ordinals[name.value] {
                groups[known].append(name)
            } else {
                ordinals[name.value] = groups.count
                groups.append([name])
            }
        }
        return groups.filter { $0.count > 1 }
    }

    /// Whether a name occurs more than once.
    var hasRepetition: Bool {
        // PERF: most lists are short, and hashing a name takes as long as a dozen comparisons.
        if count > 8 { return Set(map(\.value)).count < count }
        return indices.contains { index in self[..<index].contains { $0.value == self[index].value } }
    }
}
