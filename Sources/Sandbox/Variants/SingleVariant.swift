/// How the response to a GET of one object looks.
package enum SingleVariant: String, CaseIterable, Sendable {
    /// The object itself.
    case bare
    /// `{"data": {…}, "error": null}`.
    case wrapped
}
