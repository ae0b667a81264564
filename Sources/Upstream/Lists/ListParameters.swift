package import JSON

/// The meaning of the query parameters of a list's path.
package struct ListParameters: Sendable, Hashable {
    /// The member that each equality filter compares, by query parameter: the list has only rows whose member has the parameter's value.
    package var equalities: [String: JSONKey] = [:]
    /// The equality filter that selects the rows of one parent.
    package var owner: String?
    /// The equality filters whose values are keys of objects: a row may match none of them, and a value never stands for several.
    package var keys: Set<String> = []
    /// The parameter for the member to sort by.
    package var sort: String?
    /// The parameter for the direction of the sort.
    package var order: String?
    /// The parameters for a page's number and its size.
    package var paging: [String] = []

    package init() {}
}
