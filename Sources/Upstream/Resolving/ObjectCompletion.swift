internal import GraphQL
internal import JSON

/// Completes representations of an entity that lack selected members, with those of the single objects.
///
/// A member that is left out may be null, or missing from a summary. It counts as null only with evidence: another row of the same
/// response has the member, or the single object has been read, or enough objects agree to assume it for all. Objects are read in
/// waves of doubling size, so that the evidence of a few saves the calls for the others.
struct ObjectCompletion {
    let session: CallSession
    let entity: Entity
    let workspace: Int
    let purpose: CallPurpose
    /// Whether the evidence of several objects is applied to other objects of the type.
    var trustsOthers = true

    /// The result of completing an object.
    enum Completion {
        /// The complete representation: the single object, or the row itself if the members that it lacks are null.
        case complete(SourceDocument, Int)
        /// The upstream marks the object as deleted.
        case deleted
        /// The upstream reported that the object does not exist.
        case gone
        case failed(FieldFailure)
    }

    init(session: CallSession, entity: Entity, workspace: Int, policy: CachePolicy) {
        self.session = session
        self.entity = entity
        self.workspace = workspace
        purpose = CallPurpose(policy: policy, objectOf: entity)
    }

    // MARK: - Missing members

    /// The members that a representation lacks and that are not known to be null.
    func missing(
        _ members: [ReadMember],
        in document: SourceDocument,
        at node: Int,
        key: String,
        _ source: MemberKnowledge.Representation.Source
    ) -> [ReadMember] {
        var rows = ShownMembers()
        return missing(members, in: document, at: node, key: key, source, &rows)
    }

    /// The missing members of one of many rows; `rows` remembers which members the rows of each response show.
    func missing(
        _ members: [ReadMember],
        in document: SourceDocument,
        at node: Int,
        key: String,
        _ source: MemberKnowledge.Representation.Source,
        _ rows: inout ShownMembers
    ) -> [ReadMember] {
        members.filter { member in
            // If a row of the same response has the member, rows show it, and a row without it has null.
            if case .collection = source,
                rows.contains(member, document, reader, note: { noteInRows(member, source) })
            {
                return false
            }
            return presence(of: member, key: key, source) != .absent
        }
    }

    private func noteInRows(_ member: ReadMember, _ source: MemberKnowledge.Representation.Source) {
        session.knowledge.members.noteInRows(member, in: representation(source), at: session.now())
    }

    /// Records which of the members have a value in the response for a single object.
    func noteSeen(_ members: [ReadMember], in document: SourceDocument, at node: Int, key: String) {
        let shown = members.filter { $0.hasValue(in: document.json, at: node) }
        session.knowledge.members.noteSeen(shown, of: entity.type, object: key, workspace: workspace, at: session.now())
    }

    private var reader: ResponseReader { session.reader(of: workspace) }

    /// Whether a collection's rows are known to lack a member that single objects have.
    func isDetailOnly(_ member: ReadMember, inRowsOf path: String) -> Bool {
        presence(of: member, key: "", .collection(path: path)) == .detailOnly
    }

    /// Whether a collection's rows are known to have all members that single objects have.
    func areWhole(rowsOf path: String) -> Bool {
        presence(of: .everything, key: "", .collection(path: path)) == .absent
    }

    private func presence(
        of member: ReadMember,
        key: String,
        _ source: MemberKnowledge.Representation.Source?
    ) -> MemberKnowledge.Presence? {
        guard let source else { return nil }
        return session.knowledge.members.presence(
            of: member,
            in: representation(source),
            ofObject: key,
            trustingOthers: trustsOthers,
            at: session.now()
        ) { epoch in
            // The response to a write reflects that write.
            if case .write = source { return true }
            return session.isCurrent(epoch, entity, key: key, workspace: workspace)
        }
    }

    private func representation(_ source: MemberKnowledge.Representation.Source) -> MemberKnowledge.Representation {
        MemberKnowledge.Representation(
            workspace: workspace,
            credential: session.credential(for: workspace),
            type: entity.type,
            source: source
        )
    }

    // MARK: - Completing

    /// Completes objects of distinct keys, with as few calls as the evidence allows.
    func complete(_ objects: [PartialObject]) async -> [Completion] {
        var completions = [Completion?](repeating: nil, count: objects.count)
        // Without evidence of other objects each one is read, so all are read concurrently.
        var wave = trustsOthers ? 1 : max(1, objects.count)
        while true {
            var undecided: [Int] = []
            var next: [Int] = []
            for (position, object) in objects.enumerated() where completions[position] == nil {
                let presences = object.missing.map { presence(of: $0, key: object.key, object.source) }
                if presences.contains(.detailOnly) {
                    next.append(position)
                } else if presences.allSatisfy({ $0 == .absent }) {
                    completions[position] = .complete(object.document, object.node)
                } else {
                    undecided.append(position)
                }
            }
            // Neighbors are often alike, so the objects that are read first are spread over all.
            let count = min(wave, undecided.count)
            next += (0..<count).map { undecided[$0 * undecided.count / count] }
            guard !next.isEmpty else { break }
            let read = await self.read(next.map { objects[$0] })
            for (position, completion) in zip(next, read) { completions[position] = completion }
            wave *= 2
        }
        return completions.map { $0 ?? .failed(.gatewayFailed) }
    }

    /// Reads single objects concurrently, and learns from each.
    func read(_ objects: [PartialObject]) async -> [Completion] {
        let epoch = session.epoch(of: workspace)
        let reachable = objects.filter { entity.accepts(key: $0.key) }
        let calls = reachable.map { Call(workspace: workspace, path: entity.path(of: $0.key)) }
        var outcomes = await session.fetch(calls, purpose: purpose)[...]
        return objects.map { object in
            guard entity.accepts(key: object.key), let outcome = outcomes.popFirst() else {
                return .failed(.unreachableObject)
            }
            let completion = completion(of: object, outcome)
            if case .complete(let document, let node) = completion { learn(from: object, document, node, epoch) }
            return completion
        }
    }

    private func completion(of object: PartialObject, _ outcome: CallOutcome) -> Completion {
        switch outcome {
        case .missing: return .gone
        case .failed(let failure): return .failed(failure)
        case .found(let document):
            guard let node = reader.object(in: document, expecting: purpose.content) else { return .gone }
            // If the upstream has stated the object's key, an object with another key may not replace it.
            guard let key = entity.key(of: node, in: document),
                !object.isKeyAsserted || ExactString(key) == ExactString(object.key)
            else { return .failed(.otherObject) }
            return entity.isDeleted(node, in: document) ? .deleted : .complete(document, node)
        }
    }

    private func learn(
        from object: PartialObject,
        _ document: SourceDocument,
        _ node: Int,
        _ epoch: InvalidationLog.Epoch
    ) {
        guard let source = object.source else { return }
        for member in object.missing {
            learn(evidence(of: member, from: object, document, node, source), of: member, from: object, source, epoch)
        }
    }

    /// The evidence that the single object gives about a member that a representation lacks.
    private func evidence(
        of member: ReadMember,
        from object: PartialObject,
        _ document: SourceDocument,
        _ node: Int,
        _ source: MemberKnowledge.Representation.Source
    ) -> MemberKnowledge.Evidence {
        let isWhole =
            switch member {
            case .own: hasAllMembers(object, of: document, node)
            case .nested: shows(document, node, in: object, ignoringNulls: true)
            case .everything: shows(document, node, in: object, ignoringNulls: false)
            }
        // A representation with all members of the single object lacks no other.
        if member == .everything {
            return isWhole ? .absent(agreement: MemberKnowledge.fullAgreement) : .detailOnly
        }
        let values = member.values(in: document.json, at: node)
        if values.isEmpty { return .absent(agreement: agreement(isWhole, source)) }
        let areNull = values.allSatisfy { document.json.node($0).kind == .null }
        return areNull && isWhole ? .absent(agreement: 1) : .detailOnly
    }

    private func learn(
        _ evidence: MemberKnowledge.Evidence,
        of member: ReadMember,
        from object: PartialObject,
        _ source: MemberKnowledge.Representation.Source,
        _ epoch: InvalidationLog.Epoch
    ) {
        session.knowledge.members.learn(
            evidence,
            of: member,
            in: representation(source),
            ofObject: object.key,
            at: session.now(),
            epoch: epoch
        )
    }

    /// Whether a representation has every member of the single object at any depth; values may differ, as they may have changed since.
    private func shows(
        _ document: SourceDocument,
        _ node: Int,
        in object: PartialObject,
        ignoringNulls: Bool
    ) -> Bool {
        func shows(_ whole: JSONValue, _ part: JSONValue) -> Bool {
            switch (whole, part) {
            case (.object(let members), _):
                members.allSatisfy { name, value in
                    part[name].map { shows(value, $0) } ?? (ignoringNulls && value.isNull)
                }
            case (.array(let elements), .array(let others)) where ignoringNulls && elements.count == others.count:
                zip(elements, others).allSatisfy { shows($0, $1) }
            case (.array, _), (.null, _), (.bool, _), (.number, _), (.string, _):
                true
            }
        }
        return shows(document.json.value(at: node), object.document.json.value(at: object.node))
    }

    /// The weight of an object; responses to writes show what was just written, so only a complete one is evidence for other objects.
    private func agreement(_ isWhole: Bool, _ source: MemberKnowledge.Representation.Source) -> Int {
        if isWhole { return MemberKnowledge.fullAgreement }
        if case .write = source { return 0 }
        return 1
    }

    /// Whether a representation has every member that has a value in the single object.
    private func hasAllMembers(_ object: PartialObject, of document: SourceDocument, _ node: Int) -> Bool {
        document.json.members(of: node).allSatisfy { member in
            document.json.node(member.value).kind == .null
                || document.json.name(of: member.member).map {
                    object.document.json.member(JSONKey($0), of: object.node) != nil
                } ?? false
        }
    }
}
