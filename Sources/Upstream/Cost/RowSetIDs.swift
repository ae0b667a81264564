internal import GraphQL
internal import JSON

/// Numbers sets of objects, equal ones alike.
struct RowSetIDs {
    /// Identifies a set: the parents, and the field that leads from them to it.
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

    /// The number of the root value.
    static let root = 0

    /// - Parameter sharing: whether equal sets have one number.
    init(sharing: Bool) {
        isSharing = sharing
    }

    /// A number that no other set has.
    mutating func fresh() -> Int {
        defer { count += 1 }
        return count
    }

    /// The number of a set.
    mutating func number(of key: Key) -> Int {
        guard isSharing else { return fresh() }
        if let known = numbers[key] { return known }
        let number = fresh()
        numbers[key] = number
        return number
    }
}
