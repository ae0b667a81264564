internal import GraphQL

extension EntityLoader {
    /// Waits for lists of the type in flight, while objects are missing that they may have.
    ///
    /// Such objects take no call. A slow list delays them only for a part of the request's time, so that enough is left for their own
    /// calls.
    func awaitLists(_ search: inout EntitySearch, in workspace: Int) async {
        guard entity.list != nil, !search.open.isEmpty, !showsMoreThanRows(in: workspace) else { return }
        let lists = session.listsInFlight(of: entity, in: workspace, purpose: purpose)
        guard !lists.isEmpty else { return }
        let now = session.now()
        let end = now + min(session.options.longestWaitForLists, (session.deadline - now) / 2)
        for list in lists where !search.open.isEmpty {
            guard await session.waitForList(list, in: workspace, until: end) else { continue }
            findCached(&search, in: workspace)
        }
    }
}
