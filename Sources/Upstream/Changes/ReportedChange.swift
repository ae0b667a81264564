internal import GraphQL

/// A change of an object by another client, as the upstream reports it.
package struct ReportedChange: Sendable {
    let entity: Entity
    let kind: ObjectChange.Kind
    let key: String
    /// The members of the object after the change; nil: none is known.
    let after: ObjectChange.Snapshot?
    /// Types of which any object may have changed too.
    let dependents: [TypeID]
}
