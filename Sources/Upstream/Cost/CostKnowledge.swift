internal import GraphQL
internal import JSON

/// The state of collections, as the caller's cache and earlier responses show it.
struct CostKnowledge: Sendable {
    /// The pages of a collection, given the index of the workspace among the caller's and the path without its page.
    let pages: @Sendable (_ workspace: Int, _ path: String, CallPurpose) -> CollectionPages
    /// The number of objects, recently requested one by one, that a list would have covered.
    let demand: @Sendable (_ workspace: Int, _ path: String, CallPurpose) -> Int
    /// Whether cached pages count as calls too.
    var countsCached = false

    /// The number of calls that some pages of a list take.
    func calls(for numbers: some Collection<Int>, of list: CollectionPages) -> Int {
        countsCached ? numbers.count : list.cost(of: numbers)
    }
}
