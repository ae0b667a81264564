package import GraphQL
internal import JSON

/// The changes that one subscriber wants to see, of those of a workspace.
package struct ChangeSelection: Sendable {
    let entity: Entity
    /// The keys of the objects; nil: any.
    let keys: Set<ExactString>?
    /// The values that members of the objects have.
    let values: [(member: JSONKey, text: String)]
    let policy: CachePolicy
    /// What is read of an object: to compare it, and to show it.
    let members: [JSONKey]
    /// The workspace.
    package let workspace: Int

    /// The type of the objects.
    package var type: TypeID { entity.type }

    /// What a change means for the subscriber.
    package enum Outcome: Sendable {
        /// It is not the subscriber's.
        case none
        /// It has an event.
        case event(ChangeEvent)
        /// Whether the subscriber may see it cannot be found out.
        case failed(FieldFailure)
    }

    /// Whether a change can be the subscriber's, by its type and key.
    package func concerns(_ change: Change) -> Bool {
        guard change.type == entity.type, let key = change.key else { return false }
        return keys?.contains(ExactString(key)) ?? true
    }

    /// Finds out what a change means for the subscriber, by the object as the subscriber's own key sees it.
    ///
    /// - Parameters:
    ///   - change: the change.
    ///   - session: the subscriber's calls.
    ///   - seen: what the subscriber has been shown.
    /// - Returns: what it means.
    package func outcome(of change: Change, _ session: CallSession, _ seen: inout SeenObjects) async -> Outcome {
        guard concerns(change), let key = change.key else { return .none }
        let wasShown = seen.isShown(key) ?? wasVisible(key, session)
        if change.kind == .deleted { return gone(key, wasShown, &seen) }
        var wanted = WantedEntities(sharing: true)
        _ = wanted.add(key, in: workspace)
        let loader = EntityLoader(session: session, entity: entity, policy: policy, members: members)
        let found = await loader.load(wanted).first ?? .missing
        switch found {
        case .at(let document, let node):
            return outcome(change.kind, key, found, document, node, wasShown, &seen)
        case .incomplete(let object):
            return outcome(change.kind, key, found, object.document, object.node, wasShown, &seen)
        case .failed(let failure):
            // Who knows the object learns of its change; the object itself fails at its own path.
            return wasShown ? .event(event(change.kind, key, found)) : .failed(failure)
        case .missing:
            return gone(key, wasShown, &seen)
        }
    }

    /// The outcome for a subscriber whose key sees no such object.
    private func gone(_ key: String, _ wasShown: Bool, _ seen: inout SeenObjects) -> Outcome {
        // Who has not seen the object must not learn that there was one.
        guard wasShown else { return .none }
        seen.leave(key)
        return .event(event(.deleted, key, .missing))
    }

    private func outcome(
        _ kind: ObjectChange.Kind,
        _ key: String,
        _ found: EntityLoader.Found,
        _ document: SourceDocument,
        _ node: Int,
        _ wasShown: Bool,
        _ seen: inout SeenObjects
    ) -> Outcome {
        guard matches(document, node) else {
            guard wasShown else { return .none }
            // It leaves what the subscriber looks at.
            seen.leave(key)
            return .event(event(.updated, key, found))
        }
        let state = Self.state(of: node, in: document)
        // Several events can report one change.
        guard seen.state(of: key) != state else { return .none }
        seen.show(key, in: state)
        return .event(event(kind, key, found))
    }

    /// A hash of what an object is, whatever the order of its members, and whether its nulls are left out: a row of a list is
    /// the same object as the response to a GET.
    private static func state(of node: Int, in document: SourceDocument) -> Int {
        var value = document.json.value(at: node)
        if case .object(var object) = value {
            for (name, member) in object where member.isNull { object[name] = nil }
            value = .object(object)
        }
        var hasher = Hasher()
        hasher.combine(value.serialized(sortedKeys: true))
        return hasher.finalize()
    }

    /// Whether an object was the subscriber's to see when its key was last shown it.
    private func wasVisible(_ key: String, _ session: CallSession) -> Bool {
        guard let found = session.lastSeen(entity, key: key, workspace: workspace, policy) else { return false }
        return matches(found.document, found.node)
    }

    private func matches(_ document: SourceDocument, _ node: Int) -> Bool {
        values.allSatisfy { value in
            let text = document.json.member(value.member, of: node).flatMap { document.json.scalarText(of: $0) }
            return text.map { ExactString($0) == ExactString(value.text) } ?? false
        }
    }

    /// An event, whose value is what happened, and the key under names that references read.
    private func event(_ kind: ObjectChange.Kind, _ key: String, _ found: EntityLoader.Found) -> ChangeEvent {
        let name =
            switch kind {
            case .created: "created"
            case .updated: "updated"
            case .deleted: "deleted"
            }
        var builder = JSONDocumentBuilder(minimumCapacity: 64)
        builder.beginObject()
        builder.key("kind")
        builder.string(name)
        builder.key("id")
        builder.string(key)
        builder.endObject()
        return ChangeEvent(
            value: SourceDocument(builder.finish(), origin: workspace),
            object: KnownEntity(type: entity.type, key: ExactString(key), workspace: workspace, found: found)
        )
    }
}

extension UpstreamResolver {
    /// What a subscription selects, by the request of its root field.
    ///
    /// - Parameter request: the request.
    /// - Returns: the selection.
    /// - Throws: that the caller may not see the workspace, or that the field has no events.
    package func changeSelection(of request: FieldRequest) throws(FieldFailure) -> ChangeSelection {
        guard let binding = table.kind(of: request.binding) as? ChangesBinding else {
            throw FieldFailure(.badUserInput, "The field has no events.")
        }
        let workspace = try WorkspaceSelection(session: session).usable(workspaceArgument(of: request).value)
        var keys: Set<ExactString>?
        if let name = binding.keysArgument, case .array(let items)? = request.arguments[name] {
            keys = Set(items.compactMap(\.scalarText).map { ExactString($0) })
        }
        let values = binding.filters.compactMap { filter in
            request.arguments[filter.argument]?.scalarText.map { (member: filter.member, text: $0) }
        }
        return ChangeSelection(
            entity: binding.entity,
            keys: keys,
            values: values,
            policy: table.policy(of: binding.entity),
            members: values.map(\.member) + [binding.entity.key] + table.members(of: binding.entity, in: request.plan),
            workspace: workspace
        )
    }
}

extension BindingTable {
    /// What the fields of a plan read of an entity's objects, wherever these are referred to.
    fileprivate func members(of entity: Entity, in plan: Plan) -> [JSONKey] {
        plan.fields.indices.flatMap { index -> [JSONKey] in
            guard case .bound(let id) = plan.fields[index].source,
                (kind(of: id) as? EntityBinding)?.entity.type == entity.type
            else { return [] }
            return SelectedMembers(of: PlanFieldID(index: index), in: plan, table: self).keys
        }
    }
}
