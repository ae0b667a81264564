internal import GraphQL
internal import JSON

/// A write of one object, as far as it is known what it changed.
struct ObjectChange: Sendable {
    /// The kind of change that a write makes to an object.
    enum Kind: Sendable {
        case created
        case updated
        case deleted
    }

    /// An object as a response shows it.
    struct Snapshot: Sendable {
        let json: JSONDocument
        let node: Int

        /// The text of a member that holds a scalar.
        func text(of member: JSONKey) -> ArraySlice<UInt8>? {
            guard let value = json.member(member, of: node) else { return nil }
            switch json.kind(of: value) {
            case .string, .integer, .number, .true, .false, .null: return json.rawBytes(of: value)
            case .array, .object, .link, .reference: return nil
            }
        }
    }

    let kind: Kind
    let type: TypeID
    /// The object's key; nil: unknown.
    var key: JSONKey?
    /// The object as it was last seen before the write; nil: unknown.
    var before: Snapshot?
    /// The object as the write's response shows it; nil: unknown.
    var after: Snapshot?
}
