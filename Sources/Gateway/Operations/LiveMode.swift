/// How the later results of a query with `@live` are sent.
package enum LiveMode: Sendable {
    /// Each as a whole.
    case results
    /// Each as its difference from the one before, where the client knows the results.
    case patches
}
