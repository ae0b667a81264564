package import GraphQL
package import JSON

/// A write of one object, as far as it is known what it changed.
package struct ObjectChange: Sendable {
    /// The kind of change that a write makes to an object.
    package enum Kind: Sendable {
        case created
        case updated
        case deleted
    }

    /// An object as a response shows it.
    package struct Snapshot: Sendable {
        package let json: JSONDocument
        package let node: Int

        /// The text of a member that holds a scalar.
        func text(of member: JSONKey) -> ArraySlice<UInt8>? {
            guard let value = json.member(member, of: node) else { return nil }
            switch json.kind(of: value) {
            case .string, .integer, .number, .true, .false, .null: return json.rawBytes(of: value)
            case .array, .object, .link, .reference: return nil
            }
        }
    }

    package let kind: Kind
    package let type: TypeID
    /// The object's key; nil: unknown.
    package var key: JSONKey?
    /// The object as it was last seen before the write; nil: unknown.
    package var before: Snapshot?
    /// The object as the write's response shows it; nil: unknown.
    package var after: Snapshot?
}
