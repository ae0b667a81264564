package import GraphQL
internal import JSON

/// The changes of a workspace that a subscription selects.
package struct ChangeSelection: Sendable {
    let entity: Entity
    /// The keys of the selected objects; nil: any.
    let keys: Set<ExactString>?
    /// The values that members of the selected objects must have.
    let values: [(member: JSONKey, text: String)]
    let policy: CachePolicy
    /// The members of an object that are read, to compare it and to show it.
    let members: ReadMembers
    /// The index of the workspace.
    package let workspace: Int

    /// The type of the objects.
    package var type: TypeID { entity.type }

    /// Whether a change may be selected, judging by its type and key.
    package func concerns(_ change: Change) -> Bool {
        guard change.type == entity.type, let key = change.key else { return false }
        return keys?.contains(ExactString(key)) ?? true
    }

    /// The state of an object after a change, as the subscribers' key sees it.
    private enum Sighting {
        /// The object is selected; the state is a hash of its content.
        case shown(state: Int)
        /// The object exists but is not selected, or it does not exist.
        case away
        /// The object cannot be fetched.
        case failed(FieldFailure)
    }

    /// The effect of a change on subscribers that have been shown the same state.
    private enum Meaning {
        case none
        case event
        case failure
    }

    /// Determines the effect of a change on subscribers, by fetching the object with their key.
    ///
    /// - Parameters:
    ///   - change: the change.
    ///   - number: its number: it concerns the subscribers that began before it.
    ///   - wasVisible: whether the object was visible to them when the change became known; nil: as far as the cache shows now.
    ///   - session: the calls of the subscribers.
    ///   - seen: the states that the subscribers have been shown.
    /// - Returns: the outcome for the subscribers.
    package func outcome(
        of change: Change,
        number: UInt64,
        wasVisible: Bool?,
        _ session: CallSession,
        _ seen: inout SeenObjects
    ) async -> ChangeOutcome {
        guard concerns(change), let key = change.key else { return ChangeOutcome() }
        // Before the object is fetched, which replaces the response that was last shown.
        let wasVisible = wasVisible ?? isVisible(key, session)
        let found = await found(change, key, session)
        let sighting = sighting(of: found)
        let meanings = seen.update(key, at: number) { Self.meaning(of: sighting, $0, wasVisible) }
        var outcome = ChangeOutcome()
        for (subscribers, meaning) in meanings {
            switch meaning {
            case .none: break
            case .event: outcome.audience.add(subscribers)
            case .failure: outcome.failureAudience.add(subscribers)
            }
        }
        if !outcome.audience.isEmpty { outcome.event = event(kind(of: change, found, sighting), key, found) }
        if case .failed(let failure) = sighting, !outcome.failureAudience.isEmpty { outcome.failure = failure }
        return outcome
    }

    private func found(_ change: Change, _ key: String, _ session: CallSession) async -> EntityLoader.Found {
        if change.kind == .deleted {
            // No call is made that could show that the key is refused.
            return session.isCredentialRefused(in: workspace) ? .failed(.refusedCredential) : .missing
        }
        var wanted = WantedEntities(sharing: true)
        _ = wanted.add(key, in: workspace)
        let loader = EntityLoader(session: session, entity: entity, policy: policy, members: members)
        return await loader.load(wanted).first ?? .missing
    }

    private func sighting(of found: EntityLoader.Found) -> Sighting {
        let (document, node): (SourceDocument, Int)
        switch found {
        case .at(let foundDocument, let foundNode): (document, node) = (foundDocument, foundNode)
        case .incomplete(let partial, _): (document, node) = (partial.document, partial.node)
        case .failed(let failure): return .failed(failure)
        case .missing: return .away
        }
        return matches(document, node) ? .shown(state: Self.state(of: node, in: document)) : .away
    }

    private static func meaning(
        of sighting: Sighting,
        _ seen: SeenObjects.Seen?,
        _ wasVisible: Bool
    ) -> (Meaning, SeenObjects.Seen?) {
        let wasShown = seen?.isShown ?? wasVisible
        switch sighting {
        case .shown(let state):
            let now = SeenObjects.Seen(state: state, isShown: true)
            // Several events can report the same change.
            return (seen == now ? .none : .event, now)
        case .away:
            // The object leaves the selection; subscribers that have not seen it must not learn that it existed.
            return wasShown ? (.event, .left) : (.none, seen)
        case .failed(let failure):
            // Subscribers that have seen the object receive an event; the error of the object itself is at its own path. A key that the upstream
            // does not accept any more receives no further event.
            return (wasShown && !failure.refusesCredential ? .event : .failure, seen)
        }
    }

    /// The kind of change that an event states.
    private func kind(
        of change: Change,
        _ found: EntityLoader.Found,
        _ sighting: Sighting
    ) -> ObjectChange.Kind {
        guard case .away = sighting else { return change.kind }
        if case .missing = found { return .deleted }
        return .updated
    }

    /// A hash of an object's content that ignores the order of members and nulls: a row of a list has the same state as the response
    /// for the single object.
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

    /// Whether the latest cached response that the subscribers' key may see shows a selected object.
    package func isVisible(_ key: String, _ session: CallSession) -> Bool {
        guard let found = session.lastSeen(entity, key: key, workspace: workspace, policy) else { return false }
        return matches(found.document, found.node)
    }

    private func matches(_ document: SourceDocument, _ node: Int) -> Bool {
        values.allSatisfy { value in
            let text = document.json.member(value.member, of: node).flatMap { document.json.scalarText(of: $0) }
            return text.map { ExactString($0) == ExactString(value.text) } ?? false
        }
    }

    /// Makes an event, whose value has the kind of the change, and the key under the names that references read.
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
    /// The changes that a subscription selects, by the request of its root field.
    ///
    /// - Parameter request: the request.
    /// - Returns: the selection.
    /// - Throws: a failure if the caller may not use the workspace, or if the field has no events.
    package func changeSelection(of request: FieldRequest) throws(FieldFailure) -> ChangeSelection {
        guard let binding = table.kind(of: request.binding) as? ChangesBinding else {
            throw FieldFailure(.badUserInput, "The field has no events.")
        }
        let workspace = try WorkspaceSelection(session: session).usable(workspaceArgument(of: request).value)
        var keys: Set<ExactString>?
        if let texts = binding.keysArgument?.texts(in: request.arguments) { keys = Set(texts.map { ExactString($0) }) }
        let values = binding.filters.compactMap { filter in
            filter.argument.text(in: request.arguments).map { (member: filter.member, text: $0) }
        }
        var members = ReadMembers(values.map(\.member) + [binding.entity.key])
        members.formUnion(table.members(of: binding.entity, in: request.plan))
        return ChangeSelection(
            entity: binding.entity,
            keys: keys,
            values: values,
            policy: table.policy(of: binding.entity),
            members: members,
            workspace: workspace
        )
    }
}

extension BindingTable {
    /// The members of an entity's objects that a plan reads, wherever its fields refer to them.
    fileprivate func members(of entity: Entity, in plan: Plan) -> ReadMembers {
        plan.fields.indices.reduce(into: ReadMembers()) { members, index in
            guard case .bound(let id) = plan.fields[index].source,
                (kind(of: id) as? EntityBinding)?.entity.type == entity.type
            else { return }
            members.formUnion(ReadMembers(of: PlanFieldID(index: index), in: plan, table: self))
        }
    }
}
