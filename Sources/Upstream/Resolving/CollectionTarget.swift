internal import GraphQL
internal import JSON

/// One collection of one workspace, without its page.
struct CollectionTarget: Sendable, Hashable {
    let workspace: Int
    let path: String
}
