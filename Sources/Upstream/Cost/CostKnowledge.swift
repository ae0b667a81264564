internal import GraphQL
internal import JSON

/// The state of collections by the caller's cache and earlier responses.
struct CostKnowledge: Sendable {
    /// The pages of a collection, given the position of the workspace among the caller's and the path without its page.
    let pages: @Sendable (_ workspace: Int, _ path: String, CallPurpose) -> CollectionPages
    /// How many objects have lately been asked for one by one that a list would have brought.
    let demand: @Sendable (_ workspace: Int, _ path: String, CallPurpose) -> Int
    /// Whether pages that are cached count as well.
    var countsCached = false

    /// How many calls some pages of a list take.
    func calls(for numbers: some Collection<Int>, of list: CollectionPages) -> Int {
        countsCached ? numbers.count : list.cost(of: numbers)
    }
}
