internal import JSON

/// Distinct keys of entities, by workspace.
struct WantedEntities {
    struct Reference: Hashable {
        let workspace: Int
        let key: String
        private let exactKey: ExactString

        init(workspace: Int, key: String) {
            self.workspace = workspace
            self.key = key
            exactKey = ExactString(key)
        }

        static func == (left: Reference, right: Reference) -> Bool {
            left.workspace == right.workspace && left.exactKey == right.exactKey
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(workspace)
            hasher.combine(exactKey)
        }
    }

    private(set) var references: [Reference] = []
    /// A few bits for each reference, equal for equal references.
    private var fingerprints: [UInt64] = []
    private var positions: [Reference: Int] = [:]
    /// Whether equal keys are wanted only once.
    let isSharing: Bool

    /// - Parameter sharing: whether equal keys are wanted only once.
    init(sharing: Bool) { isSharing = sharing }

    /// Whether no key is wanted.
    var isEmpty: Bool { references.isEmpty }

    /// The workspace of all keys; nil if there are none, or they are of several.
    var onlyWorkspace: Int? {
        guard let first = references.first?.workspace, references.allSatisfy({ $0.workspace == first }) else {
            return nil
        }
        return first
    }

    /// The position of a key, which is added if it is new.
    mutating func add(_ key: String, in workspace: Int) -> Int {
        let reference = Reference(workspace: workspace, key: key)
        guard isSharing else {
            references.append(reference)
            return references.count - 1
        }
        let fingerprint = Self.fingerprint(of: key, in: workspace)
        if let known = position(of: reference, fingerprint) { return known }
        references.append(reference)
        fingerprints.append(fingerprint)
        if references.count >= Self.longestWithoutTable {
            if positions.isEmpty { for (position, known) in references.enumerated() { positions[known] = position } }
            positions[reference] = references.count - 1
        }
        return references.count - 1
    }

    // PERF: comparing the fingerprints of a page of keys is cheaper than a table of them.
    private static let longestWithoutTable = 129

    private func position(of reference: Reference, _ fingerprint: UInt64) -> Int? {
        guard positions.isEmpty else { return positions[reference] }
        let known = fingerprints.span
        for index in known.indices where known[index] == fingerprint {
            if references[index] == reference { return index }
        }
        return nil
    }

    /// The length and the last bytes of a key, in which consecutively numbered keys differ.
    private static func fingerprint(of key: String, in workspace: Int) -> UInt64 {
        let text = key.utf8
        let bytes = text.span
        var bits = UInt64(truncatingIfNeeded: bytes.count &+ workspace &<< 5)
        for index in bytes.indices.suffix(7) { bits = bits &<< 8 | UInt64(bytes[index]) }
        return bits
    }
}
