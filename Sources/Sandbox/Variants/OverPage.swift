/// The response for a page past the end.
package enum OverPage: String, CaseIterable, Sendable {
    /// A list without rows.
    case empty
    /// 404.
    case notFound = "404"
}
