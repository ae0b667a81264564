/// The status of a response that states an error.
package enum ErrorStatus: String, CaseIterable, Sendable {
    /// The one that HTTP has for it.
    case real
    /// 200, unless the error is 401, 404, 405, 410 or 429.
    case ok = "200"
}
