internal import GraphQL

/// A change of an object that somebody else has made, as the upstream reports it.
package struct ReportedChange: Sendable {
    let entity: Entity
    let kind: ObjectChange.Kind
    let key: String
    /// Members of the object as they are after the change; nil: none is known.
    let after: ObjectChange.Snapshot?
    /// Types whose objects may have changed with it.
    let dependents: [TypeID]
}
