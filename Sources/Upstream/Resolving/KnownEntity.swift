internal import GraphQL
internal import JSON

/// An entity that has been loaded already: a request that shows it again uses the same representation.
struct KnownEntity: Sendable {
    let type: TypeID
    let key: ExactString
    let workspace: Int
    let found: EntityLoader.Found
}
