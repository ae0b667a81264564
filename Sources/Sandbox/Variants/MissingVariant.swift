/// The response for a missing or trashed object.
package enum MissingVariant: String, CaseIterable, Sendable {
    /// 404.
    case notFound = "404"
    /// 410.
    case gone = "410"
    /// A trashed object has status 200 and `deleted_at` set; one that never existed has 404.
    case deletedAt = "deleted-at"
}
