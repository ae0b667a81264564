/// The body of an error.
package enum ErrorShape: String, CaseIterable, Sendable {
    /// `{"error": "code", "message": "…"}`.
    case flat
    /// `{"data": null, "count": 0, "error": "text"}`.
    case list
    /// `{"error": {"code": …, "message": …}}`.
    case nested
    /// `{"success": false, "error": {"code": …, "message": …}, "data": {}}`.
    case success
    /// A page, as a proxy would send.
    case html
    /// Nothing.
    case none
}
