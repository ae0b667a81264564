/// The names of the arguments that choose a page of a field's rows.
///
/// The arguments that choose by cursor have the names of the specification of connections.
struct PagingNames: Sendable, Hashable {
    /// The page's number, from 1.
    let page: String
    /// The number of rows of a page.
    let perPage: String

    /// The default names, for a schema that declares none.
    static let standard = UpstreamConventions().pagingNames
}
