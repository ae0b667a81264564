/// What a page past the end looks like.
package enum OverPage: String, CaseIterable, Sendable {
    /// A list without rows.
    case empty
    /// 404.
    case notFound = "404"
}
