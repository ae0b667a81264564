internal import GraphQL
internal import JSON

extension CallBroker {
    /// A cached list, corrected by the writes that ended since it was fetched; nil: it has to be fetched again.
    ///
    /// - Parameters:
    ///   - cached: the response of one of the list's pages.
    ///   - key: the cache key of the response.
    ///   - purpose: the purpose of its use.
    /// - Returns: the response, corrected or unchanged, with an epoch after these writes.
    func corrected(_ cached: CachedResponse, for key: CacheKey, _ purpose: CallPurpose) -> CachedResponse? {
        guard options.batching, purpose.isCollection, let entity = purpose.entity, let parameters = purpose.list,
            let document = cached.document,
            let changes = invalidationLogs[key.workspace].changes(of: entity.type, since: cached.startedAt)
        else { return nil }
        let reader = workspaces[key.workspace].reader
        let selection = ListSelection(path: key.path, parameters)
        guard let current = page(document, of: key, entity, selection, corrected: changes.records) else { return nil }
        let isSame = current === document
        let entities = isSame ? nil : ResponseEntities(of: entity, in: current, purpose: purpose, reader: reader)
        let corrected =
            isSame
            ? cached.current(at: changes.now)
            : CachedResponse(
                current,
                generatedAt: cached.generatedAt,
                startedAt: changes.now,
                keyHashes: entities?.keyHashes ?? [],
                isCut: cached.isCut
            )
        store.store(corrected, entities: entities, for: key, if: .unchanged(generation: cached.generation))
        return corrected
    }

    /// The document of a list's page after some changes; nil: the page cannot be corrected.
    private func page(
        _ document: SourceDocument,
        of key: CacheKey,
        _ entity: Entity,
        _ selection: ListSelection,
        corrected records: [RecentChanges.Record]
    ) -> SourceDocument? {
        let reader = workspaces[key.workspace].reader
        let capacity = capacity(of: key, selection)
        let credential = if case .credential(let own) = key.scope { own } else { nil as Credential? }
        var current = document
        for record in records {
            guard let list = reader.rows(in: current) else { return nil }
            let page = CachedListPage(
                current.json,
                list: list,
                selection,
                CachedListPage.Envelope(items: reader.conventions.items, total: reader.conventions.total),
                key: entity.key,
                capacity: capacity,
                isDetailOnly: { [knowledge, now] member in
                    // No field shows the member, so it cannot be missed.
                    entity.members.map { !$0.contains(member) } ?? false
                        || knowledge.members.isDetailOnly(
                            .own(member),
                            of: entity.type,
                            workspace: key.workspace,
                            credential: credential,
                            at: now()
                        )
                }
            )
            switch page.effect(of: record.change, mayShow: record.scope == key.scope) {
            case .none: break
            case .stale: return nil
            case .corrected(let json): current = SourceDocument(json, origin: document.origin)
            }
        }
        return current
    }

    /// The change that a write will make, as far as it is known before.
    func change(by plan: WritePlan, workspace: Int, context: CallContext) -> ObjectChange? {
        guard let entity = plan.entity else { return nil }
        let kind: ObjectChange.Kind = plan.key == nil ? .created : plan.isCacheable ? .updated : .deleted
        var change = ObjectChange(kind: kind, type: entity.type, key: plan.key.map { JSONKey($0) })
        guard let key = plan.key else { return change }
        let scope = context.scope(of: workspace, purpose: CallPurpose(policy: plan.policy, objectOf: entity))
        let name = EntityKey(
            workspace: workspace,
            scope: scope,
            type: entity.type,
            key: ExactString(key)
        )
        if let found = store.entity(for: name),
            invalidationLogs[workspace].isCurrent(found.startedAt, .object(entity.type, path: entity.path(of: key)))
        {
            change.before = ObjectChange.Snapshot(copying: found.node, of: found.document.json)
        }
        return change
    }

    /// The most rows of a page that is the first of its list, if the page would show all rows up to that number; nil: unknown.
    private func capacity(of key: CacheKey, _ selection: ListSelection) -> Int? {
        let conventions = workspaces[key.workspace].reader.conventions
        guard conventions.isPaged, let name = conventions.pageParameter else { return .max }
        let habits = knowledge.paging.habits(workspace: key.workspace, path: key.path, at: now())
        guard selection.value(of: name) == "1", habits.shortPage != .anywhere else { return nil }
        if let size = habits.pageSize { return size }
        // Without a total, a page that is as long as a cap may be full, and more rows may follow.
        return habits.count.isTotal
            ? conventions.maximumPerPage : max(1, conventions.maximumPerPage / PagingHabits.leastPart)
    }
}
