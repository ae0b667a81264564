/// Whether a rule visits the inside of a node that it has entered.
package enum VisitAction: Sendable {
    case proceed
    /// The rule sees neither the inside of the node nor that it is left; other rules do.
    case skip
}
