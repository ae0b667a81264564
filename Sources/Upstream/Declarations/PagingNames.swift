/// The names of the arguments that choose a page of a field's rows.
///
/// Those that choose by cursor have the names of the specification of connections.
struct PagingNames: Sendable, Hashable {
    /// The page's number, from 1.
    let page: String
    /// How many rows a page has.
    let perPage: String

    /// The names in a schema that says nothing of them.
    static let standard = UpstreamConventions().pagingNames
}
