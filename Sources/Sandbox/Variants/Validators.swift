/// Which validator a GET carries, and responds to with 304.
package enum Validators: String, CaseIterable, Sendable {
    /// None.
    case none
    /// `ETag`, for `If-None-Match`.
    case etag
    /// `Last-Modified`, for `If-Modified-Since`.
    case lastModified = "last-modified"
}
