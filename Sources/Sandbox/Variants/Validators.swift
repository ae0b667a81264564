/// The validator that a GET response carries, and that the sandbox matches for a 304.
package enum Validators: String, CaseIterable, Sendable {
    /// No validator.
    case none
    /// `ETag`, for `If-None-Match`.
    case etag
    /// `Last-Modified`, for `If-Modified-Since`.
    case lastModified = "last-modified"
}
