internal import GraphQL
internal import JSON

/// Assigns ids to sets of objects, the same id to equal sets.
struct RowSetIDs {
    /// Identifies a set by its parents and the field that yields it.
    struct Key: Hashable {
        enum Path: Hashable {
            case member(JSONKey)
            case bound(BindingID)
            case rowsOfConnection
        }

        let parents: Int
        let path: Path
        var arguments = JSONObject()
    }

    private var numbers: [Key: Int] = [:]
    private var count = 1
    private let isSharing: Bool

    /// The id of the root value.
    static let root = 0

    /// - Parameter sharing: whether equal sets have the same id.
    init(sharing: Bool) {
        isSharing = sharing
    }

    /// An id that no other set has.
    mutating func fresh() -> Int {
        defer { count += 1 }
        return count
    }

    /// The id of a set.
    mutating func number(of key: Key) -> Int {
        guard isSharing else { return fresh() }
        if let known = numbers[key] { return known }
        let number = fresh()
        numbers[key] = number
        return number
    }
}
