internal import GraphQL
internal import JSON

/// An entity that has been found already: a request that shows it again shows the same.
struct KnownEntity: Sendable {
    let type: TypeID
    let key: ExactString
    let workspace: Int
    let found: EntityLoader.Found
}
