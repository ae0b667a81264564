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
    private var positions: [Reference: Int] = [:]
    /// Whether equal keys are wanted once.
    let isSharing: Bool

    /// - Parameter sharing: whether equal keys are wanted once.
    init(sharing: Bool) { isSharing = sharing }

    /// Whether there are none.
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
        if isSharing, let known = position(of: reference) { return known }
        references.append(reference)
        if isSharing, references.count >= Self.longestWithoutTable {
            if positions.isEmpty { for (position, known) in references.enumerated() { positions[known] = position } }
            positions[reference] = references.count - 1
        }
        return references.count - 1
    }

    // PERF: comparing with a few keys is cheaper than a table of them.
    private static let longestWithoutTable = 9

    private func position(of reference: Reference) -> Int? {
        positions.isEmpty ? references.firstIndex(of: reference) : positions[reference]
    }
}
