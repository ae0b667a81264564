internal import GraphQL
internal import JSON

/// Fetches entities by key with the fewest calls: from cached responses, one by one, or by reading the collection that contains them.
///
/// Rows are matched by key, never by position. An object counts as missing only if the upstream has reported that it is.
struct EntityLoader {
    let session: CallSession
    let entity: Entity
    let purpose: CallPurpose
    /// The members of each entity that are selected.
    let members: ReadMembers
    /// Whether the request names the entities: then each one that lacks a member is worth a call.
    var areNamed = false

    init(session: CallSession, entity: Entity, policy: CachePolicy, members: ReadMembers) {
        self.session = session
        self.entity = entity
        self.purpose = CallPurpose(policy: policy, objectOf: entity)
        self.members = members
    }

    /// The result of the lookup of a key.
    enum Found {
        case at(SourceDocument, Int)
        /// A representation that lacks members which could not be fetched.
        // PERF: indirect, so that the other results are small.
        indirect case incomplete(PartialObject, FieldFailure)
        case missing
        indirect case failed(FieldFailure)
    }

    /// Finds all wanted entities, in their order; `known` is used without a lookup.
    func load(_ wanted: WantedEntities, known: KnownEntity? = nil) async -> [Found] {
        if let workspace = wanted.onlyWorkspace {
            return await load(wanted.references.map(\.key), in: workspace, known)
        }
        var found = [Found?](repeating: nil, count: wanted.references.count)
        let byWorkspace = Dictionary(grouping: wanted.references.indices) { wanted.references[$0].workspace }
        await withTaskGroup(of: ([Int], [Found]).self) { group in
            for (workspace, indices) in byWorkspace {
                group.addTask {
                    (indices, await load(indices.map { wanted.references[$0].key }, in: workspace, known))
                }
            }
            for await (indices, parts) in group {
                for (index, part) in zip(indices, parts) { found[index] = part }
            }
        }
        return found.map { $0 ?? .failed(.gatewayFailed) }
    }

    /// Finds all wanted entities if fresh responses have them with all selected members; nil, and nothing reported as used, if not.
    func loadFromMemory(_ wanted: WantedEntities) -> [Found]? {
        guard session.options.batching, let workspace = wanted.onlyWorkspace else { return wanted.isEmpty ? [] : nil }
        var search = EntitySearch(keys: wanted.references.map(\.key))
        var uses: [CachedUse] = []
        uses.reserveCapacity(search.keys.count)
        for (position, key) in search.keys.enumerated() {
            guard entity.accepts(key: key),
                let use = session.freshEntity(entity, key: key, workspace: workspace, purpose: purpose)
            else { return nil }
            accept(use.representation, for: position, &search, in: workspace)
            guard search.found[position] != nil else { return nil }
            uses.append(use)
        }
        session.report(uses)
        return search.found.map { $0 ?? .missing }
    }

    func completion(in workspace: Int) -> ObjectCompletion {
        var completion = ObjectCompletion(
            session: session,
            entity: entity,
            workspace: workspace,
            policy: purpose.policy
        )
        completion.trustsOthers = !areNamed
        return completion
    }

    private func load(_ keys: [String], in workspace: Int, _ known: KnownEntity?) async -> [Found] {
        var search = EntitySearch(keys: keys)
        if let known, known.type == entity.type, known.workspace == workspace {
            for (position, key) in keys.enumerated() where ExactString(key) == known.key {
                search.found[position] = known.found
            }
        }
        for (position, key) in keys.enumerated() where !entity.accepts(key: key) { search.found[position] = .missing }
        if session.options.batching {
            findCached(&search, in: workspace)
            await awaitLists(&search, in: workspace)
            if entity.list != nil { await scan(&search, in: workspace) }
            await completePartial(&search, in: workspace)
        }
        let open = search.open
        noteDemand(for: open.map { keys[$0] }, in: workspace)
        await fetchSingleObjects(open, &search, in: workspace)
        let existing = open.filter { if case .at? = search.found[$0] { true } else { false } }
        noteDemand(for: existing.map { keys[$0] }, in: workspace, areFound: true)
        let missing = open.filter { if case .missing? = search.found[$0] { true } else { false } }
        forgetDemand(for: missing.map { keys[$0] }, in: workspace)
        return search.found.map { $0 ?? .missing }
    }

    // MARK: - The cache

    /// Uses cached responses for the open keys.
    func findCached(_ search: inout EntitySearch, in workspace: Int) {
        for position in search.open {
            let key = search.keys[position]
            if let cached = session.cachedEntity(entity, key: key, workspace: workspace, purpose: purpose) {
                accept(cached, for: position, &search, in: workspace)
                if search.found[position] != nil { continue }
            }
            let call = Call(workspace: workspace, path: entity.path(of: key))
            guard let outcome = session.sharedOutcome(of: call, purpose: purpose)
            else { continue }
            search.partial[position] = nil
            search.found[position] = found(in: outcome, workspace: workspace)
        }
    }

    /// Uses a cached representation: the single object, a row of a collection, or the response to a write.
    private func accept(
        _ cached: CachedRepresentation,
        for position: Int,
        _ search: inout EntitySearch,
        in workspace: Int
    ) {
        // PERF: nearly all are responses to reads, whose paths begin with a slash.
        let isOfWrite = cached.path.utf8.first != UInt8(ascii: "/")
        let method =
            isOfWrite ? WriteMethod.allCases.first { cached.path.utf8.starts(with: "\($0.rawValue) ".utf8) } : nil
        if let method {
            accept(cached.document, cached.node, .write(method), for: position, &search, in: workspace)
        } else if cached.path.utf8.starts(with: CallBroker.PolledRow.mark.utf8) {
            let path = (entity.list ?? "").pathWithoutQuery
            accept(cached.document, cached.node, .collection(path: path), for: position, &search, in: workspace)
        } else if session.reader(of: workspace).hasRow(cached.node, in: cached.document) {
            let path = cached.path.pathWithoutQuery
            accept(cached.document, cached.node, .collection(path: path), for: position, &search, in: workspace)
        } else {
            search.found[position] = found(cached.document, cached.node)
        }
    }

    /// Uses a representation of an entity, as complete or partial, depending on the members that it lacks.
    func accept(
        _ document: SourceDocument,
        _ node: Int,
        _ source: MemberKnowledge.Representation.Source,
        for position: Int,
        _ search: inout EntitySearch,
        in workspace: Int
    ) {
        if entity.isDeleted(node, in: document) {
            search.found[position] = .missing
            return
        }
        if members.areShown(in: document.json, at: node, &search.hints) {
            search.found[position] = .at(document, node)
            return
        }
        let key = search.keys[position]
        let lacking = members.lacking(in: document, at: node)
        let missing = completion(in: workspace).missing(lacking, in: document, at: node, key: key, source)
        if missing.isEmpty {
            search.found[position] = .at(document, node)
        } else {
            search.partial[position] = PartialObject(
                key: key,
                isKeyAsserted: true,
                document: document,
                node: node,
                missing: missing,
                source: source
            )
        }
    }

    // MARK: - Single objects

    /// Fetches single objects concurrently.
    func fetchSingleObjects(_ positions: [Int], _ search: inout EntitySearch, in workspace: Int) async {
        guard !positions.isEmpty else { return }
        let calls = positions.map { Call(workspace: workspace, path: entity.path(of: search.keys[$0])) }
        let outcomes = await session.fetch(calls, purpose: purpose)
        let completion = completion(in: workspace)
        let members = members.all
        for (position, outcome) in zip(positions, outcomes) {
            let found = found(in: outcome, workspace: workspace)
            if case .at(let document, let node) = found {
                completion.noteSeen(members, in: document, at: node, key: search.keys[position])
            }
            search.found[position] = found
        }
    }

    private func found(in outcome: CallOutcome, workspace: Int) -> Found {
        switch outcome {
        case .missing: return .missing
        case .failed(let failure): return .failed(failure)
        case .found(let document):
            let reader = session.reader(of: workspace)
            guard let node = reader.object(in: document, expecting: purpose.content) else { return .missing }
            return found(document, node)
        }
    }

    /// Uses a single object: it is complete, and its key is the one that the upstream states.
    ///
    /// This key may differ from the requested one: `me`, or another spelling.
    private func found(_ document: SourceDocument, _ node: Int) -> Found {
        let isObject =
            members.keys.isEmpty || members.keys.contains { document.json.member($0, of: node) != nil }
        guard isObject || document.json.member(entity.key, of: node) != nil else { return .failed(.otherObject) }
        return entity.isDeleted(node, in: document) ? .missing : .at(document, node)
    }

    // MARK: - Partial objects

    /// Completes representations that lack selected members; if the single object cannot be read, the representation is used as it is.
    func completePartial(_ search: inout EntitySearch, in workspace: Int) async {
        guard !search.partial.isEmpty else { return }
        let partial = search.partial.sorted { $0.key < $1.key }
        let completions = await completion(in: workspace).complete(partial.map(\.value))
        for ((position, object), completion) in zip(partial, completions) {
            search.partial[position] = nil
            search.found[position] =
                switch completion {
                case .complete(let document, let node): .at(document, node)
                case .deleted, .gone: .missing
                case .failed(let failure): .incomplete(object, failure)
                }
        }
    }
}

extension FieldFailure {
    /// The failure of a path whose response shows no object, or another one.
    static let otherObject = FieldFailure(
        .upstreamInvalidResponse,
        "The upstream responded with something other than the requested object."
    )

    /// The failure of an object whose key is not valid in a path.
    static let unreachableObject = FieldFailure(
        .upstreamInvalidResponse,
        "The upstream gave the object a key that cannot be part of a path."
    )
}
