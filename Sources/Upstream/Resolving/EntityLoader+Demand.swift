internal import GraphQL
internal import JSON

extension EntityLoader {
    /// The number of objects, requested one by one, from which on their collection is read.
    private static let fewestSingleObjects = 3

    private func demandKey(in workspace: Int) -> UpstreamKnowledge.CollectionKey? {
        entity.list.map { list in
            UpstreamKnowledge.CollectionKey(
                workspace: workspace,
                scope: session.scope(of: workspace, purpose: purpose),
                path: list
            )
        }
    }

    /// Records objects that are fetched one by one although their collection may have them.
    func noteDemand(for keys: [String], in workspace: Int, areFound: Bool = false) {
        guard !keys.isEmpty, session.options.batching, let key = demandKey(in: workspace) else { return }
        let now = session.now()
        session.knowledge.objectDemand.note(keys.map(\.hashValue), of: key, areCertain: areFound, at: now)
    }

    /// Removes objects that do not exist: their collection does not have them either.
    func forgetDemand(for keys: [String], in workspace: Int) {
        guard !keys.isEmpty, session.options.batching, let key = demandKey(in: workspace) else { return }
        session.knowledge.objectDemand.forget(keys.map(\.hashValue), of: key)
    }

    /// The pages to read because as many objects have recently been requested one by one as the collection has pages; nil: none.
    ///
    /// The first page shows the number of pages.
    func pagesInDemand(
        of pages: CollectionPages,
        for search: EntitySearch,
        in workspace: Int
    ) -> ClosedRange<Int>? {
        let open = search.open
        // Later objects are not found in a list that is not cached.
        guard session.options.caching, purpose.policy.isCacheable, !open.isEmpty, let key = demandKey(in: workspace)
        else { return nil }
        let others = session.knowledge.objectDemand.count(
            of: key,
            at: session.now(),
            without: open.map { search.keys[$0].hashValue }
        )
        guard others >= Self.fewestSingleObjects else { return nil }
        // Pages that are read for later requests must leave this request the calls that it is estimated to make.
        let left = session.context.allowance.room
        guard let count = pages.knownPageCount else { return pages.isCached(1) || left < 1 ? nil : 1...1 }
        let cost = pages.cost(of: 1...max(1, min(count, RecentDemand.maximum)))
        guard count <= RecentDemand.maximum, cost > 0, cost < others + open.count, cost <= left else { return nil }
        return 1...max(1, count)
    }
}
