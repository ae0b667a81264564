package import GraphQL
internal import JSON

/// A collection that is read again and again to find what has changed of its objects.
package struct PolledCollection: Sendable {
    let entity: Entity
    package let conventions: PollConventions
    /// How old the responses for the objects may be.
    let policy: CachePolicy
    /// Types whose objects may change when an object goes.
    let dependents: [TypeID]

    /// The type of the objects.
    package var type: TypeID { entity.type }

    /// The path of a page.
    ///
    /// - Parameters:
    ///   - page: its number, from 1.
    ///   - isSorted: whether the objects that changed last come first, or in the upstream's own order.
    ///   - upstream: the names of the parameters.
    /// - Returns: the path and query.
    func path(ofPage page: Int, isSorted: Bool, _ upstream: UpstreamConventions) -> String {
        var parameters: [String] = []
        if isSorted, let sort = upstream.sortParameter {
            parameters.append("\(sort)=\(conventions.sort.name)")
            if let order = upstream.orderParameter { parameters.append("\(order)=desc") }
        }
        if let name = upstream.pageParameter, let size = upstream.perPageParameter {
            parameters += ["\(name)=\(page)", "\(size)=\(upstream.maximumPerPage)"]
        }
        let list = entity.list ?? ""
        guard !parameters.isEmpty else { return list }
        let separator = list.utf8.contains(UInt8(ascii: "?")) ? "&" : "?"
        return list + separator + parameters.joined(separator: "&")
    }
}
