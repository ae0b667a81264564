internal import GraphQL
package import JSON

/// What the events of an upstream's webhooks change, as the schema declares it.
package struct EventTable: Sendable {
    /// What one event changes.
    struct Effect: Sendable {
        let entity: Entity
        let kind: ObjectChange.Kind
        /// Where the object's key stands in the event.
        let key: MemberPath
        /// Members of the object that the event states, and where their values stand.
        let members: [(name: String, path: MemberPath)]
        /// Types whose objects may change when the object goes.
        let dependents: [TypeID]
    }

    /// How events are signed, and where they have what all have; nil: the schema says nothing of webhooks.
    package var conventions: WebhookConventions?
    private var effects: [ExactString: [Effect]] = [:]

    /// Makes a table of no events.
    package init() {}

    /// Adds an effect to an event of a type.
    mutating func add(_ effect: Effect, to event: String) {
        effects[ExactString(event), default: []].append(effect)
    }

    /// What an event changes; empty: nothing that the schema shows.
    ///
    /// - Parameters:
    ///   - type: the event's type.
    ///   - event: the event.
    /// - Returns: the changes.
    package func changes(by type: String, in event: JSONValue) -> [ReportedChange] {
        effects[ExactString(type), default: []].compactMap { effect in
            guard let key = effect.key.value(in: event)?.scalarText, effect.entity.accepts(key: key) else { return nil }
            return ReportedChange(
                entity: effect.entity,
                kind: effect.kind,
                key: key,
                after: Self.snapshot(of: effect, in: event),
                dependents: effect.kind == .deleted ? effect.dependents : []
            )
        }
    }

    /// The object as far as an event states it; nil: it states nothing.
    private static func snapshot(of effect: Effect, in event: JSONValue) -> ObjectChange.Snapshot? {
        var object = JSONObject()
        for member in effect.members {
            if let value = member.path.value(in: event) { object[member.name] = value }
        }
        return object.isEmpty ? nil : ObjectChange.Snapshot(json: JSONDocument(.object(object)), node: 0)
    }
}
