internal import GraphQL
package import JSON

/// The changes that the events of an upstream's webhooks report, as the schema declares them.
package struct EventTable: Sendable {
    /// The change that one type of event reports.
    struct Effect: Sendable {
        let entity: Entity
        let kind: ObjectChange.Kind
        /// The path of the object's key in the event.
        let key: MemberPath
        /// The members of the object that the event states, and the paths of their values.
        let members: [(name: String, path: MemberPath)]
        /// The types whose objects may change when the object is deleted.
        let dependents: [TypeID]
    }

    /// The signature of events and the paths that all events share; nil: the schema declares no webhooks.
    package var conventions: WebhookConventions?
    private var effects: [ExactString: [Effect]] = [:]

    /// Makes a table of no events.
    package init() {}

    /// Adds an effect to an event of a type.
    mutating func add(_ effect: Effect, to event: String) {
        effects[ExactString(event), default: []].append(effect)
    }

    /// The changes that an event reports; empty if the schema declares none for it.
    ///
    /// - Parameters:
    ///   - type: the event's type.
    ///   - event: the event.
    /// - Returns: the changes.
    package func changes(by type: String, in event: JSONValue) -> [ReportedChange] {
        effects[ExactString(type), default: []].compactMap { effect in
            guard let key = effect.key.value(in: event)?.comparedText, effect.entity.accepts(key: key) else {
                return nil
            }
            return ReportedChange(
                entity: effect.entity,
                kind: effect.kind,
                key: key,
                after: Self.snapshot(of: effect, in: event),
                dependents: effect.kind == .deleted ? effect.dependents : []
            )
        }
    }

    /// The object's members that an event states; nil if it states none.
    private static func snapshot(of effect: Effect, in event: JSONValue) -> ObjectChange.Snapshot? {
        var object = JSONObject()
        for member in effect.members {
            if let value = member.path.value(in: event) { object[member.name] = value }
        }
        return object.isEmpty ? nil : ObjectChange.Snapshot(json: JSONDocument(.object(object)), node: 0)
    }
}
