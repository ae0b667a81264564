/// The response to a write.
package enum WriteResponse: String, CaseIterable, Sendable {
    /// The object itself.
    case object
    /// `{"data": {…}, "error": null}`.
    case wrapped
    /// 204 and no body.
    case empty
}
