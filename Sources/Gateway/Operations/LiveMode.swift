/// The format of the later results of a live query.
package enum LiveMode: Sendable {
    /// Each result as a whole.
    case results
    /// Each result as a patch of the one before, if the client has requested that.
    case patches
}
