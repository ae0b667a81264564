package import GraphQL

/// What a change means for the subscribers of a selection.
package struct ChangeOutcome: Sendable {
    /// The event that it is; nil: it is none.
    package var event: ChangeEvent?
    /// Who has the event.
    package var audience = Audience.nobody
    /// Why it cannot be found out whether others may see it; nil: there are no others.
    package var failure: FieldFailure?
    /// For whom that cannot be found out.
    package var failureAudience = Audience.nobody
}
