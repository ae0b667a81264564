internal import GraphQL

extension EntityLoader {
    /// Waits for lists of the type that are in flight, as long as objects are looked for that they may hold.
    ///
    /// Then the objects take no call. A list that is slow delays them no longer than for a part of the time that the request
    /// has, so that there is enough left for their own calls.
    func awaitLists(_ search: inout EntitySearch, in workspace: Int) async {
        guard entity.list != nil, !search.open.isEmpty else { return }
        let (broker, context) = (session.broker, session.context)
        let lists = broker.listsInFlight(of: entity, in: workspace, purpose: purpose, context: context)
        guard !lists.isEmpty else { return }
        let now = broker.now()
        let end = now + min(broker.options.longestWaitForLists, (context.deadline - now) / 2)
        for list in lists where !search.open.isEmpty {
            guard await broker.waitForList(list, in: workspace, until: end, context: context) else { continue }
            findCached(&search, in: workspace)
        }
    }
}
