extension [NameNode] {
    /// The names that occur more than once, each with all its occurrences, in order of the first ones.
    var repeated: [[NameNode]] {
        guard count > 1, Set(map(\.value)).count < count else { return [] }
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
}
