/// The form of the response to a GET of one object.
package enum SingleVariant: String, CaseIterable, Sendable {
    /// The object itself.
    case bare
    /// `{"data": {…}, "error": null}`.
    case wrapped
}
