package import GraphQL
package import JSON

/// A change of one object, as far as it is known.
package struct ObjectChange: Sendable {
    /// The kind of change that a write makes to an object.
    package enum Kind: Sendable {
        case created
        case updated
        case deleted
    }

    /// An object, as a response shows it.
    package struct Snapshot: Sendable {
        /// The document of the response.
        package let json: JSONDocument
        /// The object's node in the document.
        package let node: Int

        /// The JSON text of a scalar member; nil: there is none.
        func text(of member: JSONKey) -> ArraySlice<UInt8>? {
            guard let value = json.member(member, of: node) else { return nil }
            switch json.kind(of: value) {
            case .string, .integer, .number, .true, .false, .null: return json.rawBytes(of: value)
            case .array, .object, .link, .reference: return nil
            }
        }
    }

    /// The kind of change.
    package let kind: Kind
    /// The object's type.
    package let type: TypeID
    /// The object's key; nil: unknown.
    package var key: JSONKey?
    /// The object as it was last seen before the write; nil: unknown.
    package var before: Snapshot?
    /// The object as the write's response shows it; nil: unknown.
    package var after: Snapshot?
}
