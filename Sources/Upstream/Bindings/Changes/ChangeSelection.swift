package import GraphQL
internal import JSON

/// The changes that subscribers want to see, of those of a workspace.
package struct ChangeSelection: Sendable {
    let entity: Entity
    /// The keys of the objects; nil: any.
    let keys: Set<ExactString>?
    /// The values that members of the objects have.
    let values: [(member: JSONKey, text: String)]
    let policy: CachePolicy
    /// What is read of an object: to compare it, and to show it.
    let members: ReadMembers
    /// The workspace.
    package let workspace: Int

    /// The type of the objects.
    package var type: TypeID { entity.type }

    /// Whether a change can be the subscriber's, by its type and key.
    package func concerns(_ change: Change) -> Bool {
        guard change.type == entity.type, let key = change.key else { return false }
        return keys?.contains(ExactString(key)) ?? true
    }

    /// What a subscriber's key sees of an object after a change.
    private enum Sighting {
        /// The object is what the subscriber looks at, in a state.
        case shown(state: Int)
        /// It is there, and none that the subscriber looks at, or it is not there.
        case away
        /// It cannot be looked up.
        case failed(FieldFailure)
    }

    /// What a change means for subscribers that have been shown the same.
    private enum Meaning {
        case none
        case event
        case failure
    }

    /// Finds out what a change means for subscribers, by the object as their key sees it.
    ///
    /// - Parameters:
    ///   - change: the change.
    ///   - number: its number: it concerns those who began before it.
    ///   - wasVisible: whether the object was theirs to see when the change became known; nil: as far as is known now.
    ///   - session: the calls of the subscribers.
    ///   - seen: what the subscribers have been shown.
    /// - Returns: what it means.
    package func outcome(
        of change: Change,
        number: UInt64,
        wasVisible: Bool?,
        _ session: CallSession,
        _ seen: inout SeenObjects
    ) async -> ChangeOutcome {
        guard concerns(change), let key = change.key else { return ChangeOutcome() }
        // Before the object is looked up, which takes the place of what was shown last.
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
            // Nothing is looked up that could show that the key is refused.
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
            // Several events can report one change.
            return (seen == now ? .none : .event, now)
        case .away:
            // It leaves what they look at; who has not seen the object must not learn that there was one.
            return wasShown ? (.event, .left) : (.none, seen)
        case .failed(let failure):
            // Who knows the object learns of its change; the object itself fails at its own path. A key that the upstream does not
            // accept any more has no further event.
            return (wasShown && !failure.refusesCredential ? .event : .failure, seen)
        }
    }

    /// What an event says has happened.
    private func kind(
        of change: Change,
        _ found: EntityLoader.Found,
        _ sighting: Sighting
    ) -> ObjectChange.Kind {
        guard case .away = sighting else { return change.kind }
        if case .missing = found { return .deleted }
        return .updated
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

    /// Whether an object was the subscribers' to see when their key was last shown it.
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
    /// What the fields of a plan read of an entity's objects, wherever these are referred to.
    fileprivate func members(of entity: Entity, in plan: Plan) -> ReadMembers {
        plan.fields.indices.reduce(into: ReadMembers()) { members, index in
            guard case .bound(let id) = plan.fields[index].source,
                (kind(of: id) as? EntityBinding)?.entity.type == entity.type
            else { return }
            members.formUnion(ReadMembers(of: PlanFieldID(index: index), in: plan, table: self))
        }
    }
}
