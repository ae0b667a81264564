internal import GraphQL

/// An event of a subscription: its value, and the object as it was compared with what the subscriber has seen, which is how it is shown.
package struct ChangeEvent: Sendable {
    let value: SourceDocument
    let object: KnownEntity
}
