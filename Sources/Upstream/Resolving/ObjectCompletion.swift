internal import GraphQL
internal import JSON

/// Completes representations of an entity that lack members which are read, with the single objects where these have them.
///
/// A member that is left out may be null, or missing from a summary. Nothing is taken for null without evidence: another
/// row of the same response has the member, or the object itself has been read, or so many objects agree that it is taken
/// for true of all. Objects are read in waves that double, so that the evidence of a few spares the calls for the others.
struct ObjectCompletion {
    let session: CallSession
    let entity: Entity
    let workspace: Int
    let purpose: CallPurpose

    /// The result of completing an object.
    enum Completion {
        /// The representation that has all there is: the single object, or the row itself if what it lacks is null.
        case complete(SourceDocument, Int)
        /// The upstream marks the object as deleted.
        case deleted
        /// The upstream has no such object.
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
        _ members: [JSONKey],
        in document: SourceDocument,
        at node: Int,
        key: String,
        _ source: MemberKnowledge.Representation.Source
    ) -> [JSONKey] {
        var rows = ShownMembers()
        return missing(members, in: document, at: node, key: key, source, &rows)
    }

    /// The same for one of many rows, of whose responses it is remembered which members they show.
    func missing(
        _ members: [JSONKey],
        in document: SourceDocument,
        at node: Int,
        key: String,
        _ source: MemberKnowledge.Representation.Source,
        _ rows: inout ShownMembers
    ) -> [JSONKey] {
        members.filter { member in
            guard document.json.member(member, of: node) == nil else { return false }
            // Where a row of the same response has the member, rows show it, and one without it has null.
            if case .collection = source, rows.contains(member, document, reader) { return false }
            return presence(of: member, key: key, source) != .absent
        }
    }

    private var reader: ResponseReader { session.reader(of: workspace) }

    /// Whether a member is known to be missing from a collection's rows although single objects have it.
    func isDetailOnly(_ member: JSONKey, inRowsOf path: String) -> Bool {
        presence(of: member, key: "", .collection(path: path)) == .detailOnly
    }

    /// Whether rows of a collection are known to show all that single objects have.
    func areWhole(rowsOf path: String) -> Bool {
        presence(of: IncompleteObject.everything, key: "", .collection(path: path)) == .absent
    }

    private func presence(
        of member: JSONKey,
        key: String,
        _ source: MemberKnowledge.Representation.Source?
    ) -> MemberKnowledge.Presence? {
        guard let source else { return nil }
        return session.knowledge.members.presence(
            of: member,
            in: representation(source),
            ofObject: key,
            at: session.now()
        ) { epoch in
            // The response to a write knows of the write.
            guard case .collection = source else { return true }
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

    /// Completes objects of different keys, with as few calls as the evidence allows.
    func complete(_ objects: [PartialObject]) async -> [Completion] {
        var completions = [Completion?](repeating: nil, count: objects.count)
        var wave = 1
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
            // Neighbors are often alike: those that are read first are spread over all.
            let count = min(wave, undecided.count)
            next += (0..<count).map { undecided[$0 * undecided.count / count] }
            guard !next.isEmpty else { break }
            let read = await self.read(next.map { objects[$0] })
            for (position, completion) in zip(next, read) { completions[position] = completion }
            wave *= 2
        }
        return completions.map { $0 ?? .failed(.gatewayFailed) }
    }

    /// Reads single objects at once, and learns from each.
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
            // Where the upstream has said which key the object has, nothing else may take its place.
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
        let isWhole = hasAllMembers(object, of: document, node)
        for member in object.missing {
            let evidence: MemberKnowledge.Evidence
            if member == IncompleteObject.everything {
                // It lacks nothing else if it has all that the single object has.
                let showsAll = Self.shows(
                    document.json.value(at: node),
                    in: object.document.json.value(at: object.node)
                )
                evidence = showsAll ? .absent(agreement: MemberKnowledge.fullAgreement) : .detailOnly
                learn(evidence, of: member, from: object, source, epoch)
                continue
            }
            switch document.json.member(member, of: node).map({ document.json.node($0).kind }) {
            case nil: evidence = .absent(agreement: agreement(isWhole, source))
            case .null? where isWhole: evidence = .absent(agreement: 1)
            case .some: evidence = .detailOnly
            }
            learn(evidence, of: member, from: object, source, epoch)
        }
    }

    private func learn(
        _ evidence: MemberKnowledge.Evidence,
        of member: JSONKey,
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

    /// Whether a value has every member of another one, however deep; their other values may have changed meanwhile.
    private static func shows(_ whole: JSONValue, in part: JSONValue) -> Bool {
        guard case .object(let members) = whole else { return true }
        return members.allSatisfy { name, value in part[name].map { shows(value, in: $0) } ?? false }
    }

    /// Responses to writes show what was just written, so that only a whole one says something about others.
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
