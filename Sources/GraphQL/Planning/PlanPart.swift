/// A part of a response that comes after the rest: a deferred fragment, or the items of a streamed list after its first ones.
///
/// In the plan a part is a field of its own, beside the fields that the fragment stands beside, or behind the list that it continues. The
/// field's key is no name, so that no field of a document has it. A deferred fragment's value is the object that the fragment applies
/// to, and may be null: what must not be null within takes away the fragment alone.
package struct PlanPart: Sendable {
    /// What the part has.
    package enum Content: Sendable, Hashable {
        /// The fields of a deferred fragment.
        case fragment
        /// The items of the list that has this key, from an index on; null may not be among them, or may.
        case items(of: String, from: Int, areNonNull: Bool)
    }

    package let content: Content
    /// The label by which the client knows it.
    package let label: String?
    /// The part that it is in; nil: it is in what comes first.
    package let parent: Int?

    /// What begins the key of a part's field, before the part's number.
    private static let keyStart = "@"

    /// The key of a part's field.
    static func key(_ number: Int) -> String { "\(keyStart)\(number)" }

    /// The number in a part's key; nil: the key is that of another field.
    package static func number(inKey key: String) -> Int? {
        key.utf8.first == UInt8(ascii: "@") ? Int(key.dropFirst(keyStart.count)) : nil
    }
}
