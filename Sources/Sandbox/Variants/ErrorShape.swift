/// The body of an error.
package enum ErrorShape: String, CaseIterable, Sendable {
    /// The HTTP status of the error.
    case flat
    /// `{"data": null, "count": 0, "error": "text"}`.
    case list
    /// `{"error": {"code": …, "message": …}}`.
    case nested
    /// `{"success": false, "error": {"code": …, "message": …}, "data": {}}`.
    case success
    /// A page, as a proxy would send.
    case html
    /// An empty body.
    case none
}
