internal import GraphQL

/// An event of a subscription: its value, and the object as it was compared with the state that the subscriber has seen.
package struct ChangeEvent: Sendable {
    let value: SourceDocument
    let object: KnownEntity
}
