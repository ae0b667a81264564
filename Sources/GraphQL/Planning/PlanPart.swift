/// A part of a response in parts: a deferred fragment, or the items of a streamed list after the initial ones.
///
/// In the plan a part is a field of its own, next to the fields around the fragment, or after the list that it continues. The
/// field's key is not a valid name, so that no field of a document has it. A deferred fragment's value is the object that the fragment
/// applies to, and is nullable: a null in a non-null position within only removes the fragment.
package struct PlanPart: Sendable {
    /// The content of a part.
    package enum Content: Sendable, Hashable {
        /// The fields of a deferred fragment.
        case fragment
        /// The items of the list with this key, from an index on, and whether they are non-null.
        case items(of: String, from: Int, areNonNull: Bool)
    }

    package let content: Content
    /// The label by which the client knows it.
    package let label: String?
    /// The index of the part that contains it; nil: the initial response.
    package let parent: Int?

    /// The prefix of the key of a part's field, before the part's index.
    private static let keyStart = "@"

    /// The key of a part's field.
    static func key(_ number: Int) -> String { "\(keyStart)\(number)" }

    /// The number in a part's key; nil: the key is that of another field.
    package static func number(inKey key: String) -> Int? {
        key.utf8.first == UInt8(ascii: "@") ? Int(key.dropFirst(keyStart.count)) : nil
    }
}
