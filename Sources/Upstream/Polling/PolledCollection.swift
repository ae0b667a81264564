package import GraphQL
internal import JSON

/// A collection that is polled for changes of its objects.
package struct PolledCollection: Sendable {
    let entity: Entity
    /// The members and intervals that the schema declares for polling.
    package let conventions: PollConventions
    /// The policy for responses for the objects.
    let policy: CachePolicy
    /// Types whose objects may change when an object is deleted.
    let dependents: [TypeID]

    /// The type of the objects.
    package var type: TypeID { entity.type }

    /// The path of a page.
    ///
    /// - Parameters:
    ///   - page: its number, from 1.
    ///   - isSorted: whether the objects that changed last come first, instead of the upstream's own order.
    ///   - upstream: the names of the parameters.
    /// - Returns: the path and query.
    func path(ofPage page: Int, isSorted: Bool, _ upstream: UpstreamConventions) -> String {
        var added: [(name: String, value: String)] = []
        if isSorted, let sort = upstream.sortParameter {
            added.append((sort, conventions.sort.name))
            if let order = upstream.orderParameter { added.append((order, "desc")) }
        }
        if let name = upstream.pageParameter, let size = upstream.perPageParameter {
            added += [(name, "\(page)"), (size, "\(upstream.maximumPerPage)")]
        }
        // The list's own query may state how its fields sort it.
        let parts = (entity.list ?? "").split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let own = parts.dropFirst().first?.split(separator: "&").map { String($0) } ?? []
        let parameters =
            own.filter { parameter in !added.contains { parameter.hasPrefix("\($0.name)=") } }
            + added.map { "\($0.name)=\($0.value)" }
        let path = parts.first.map { String($0) } ?? ""
        return parameters.isEmpty ? path : "\(path)?\(parameters.joined(separator: "&"))"
    }
}
