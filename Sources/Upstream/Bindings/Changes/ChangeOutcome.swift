package import GraphQL

/// The events and failures that subscribers of a selection receive for a change.
package struct ChangeOutcome: Sendable {
    /// The event; nil: the change is none for these subscribers.
    package var event: ChangeEvent?
    /// The subscribers that receive the event.
    package var audience = Audience.nobody
    /// The reason why it is unknown whether further subscribers may see the object; nil: there are none.
    package var failure: FieldFailure?
    /// The subscribers that receive the failure.
    package var failureAudience = Audience.nobody
}
