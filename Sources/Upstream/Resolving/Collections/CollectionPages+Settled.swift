internal import GraphQL

extension CollectionPages {
    /// Whether a page is cached and needs no refresh.
    func isFresh(_ page: Int) -> Bool {
        var purpose = purpose
        purpose.policy.staleWhileRevalidate = .zero
        return session.holds(call(for: page), purpose: purpose)
    }

    /// The stored window that a new read would yield: one from the start that was read from the first page alone, while that page is
    /// cached and nothing more is known about the list.
    ///
    /// - Parameters:
    ///   - request: the requested rows.
    ///   - options: the other options of the request.
    /// - Returns: the window, whose page is recorded as used; nil: it has to be read.
    func settledWindow(_ request: WindowRequest, _ options: WindowOptions) -> CollectionRows? {
        guard let count = request.countFromStart, readPages.isEmpty,
            let cached = session.storedResponse(to: call(for: 1), purpose: purpose),
            let window = cached.derived(SettledWindow.self, where: { $0.matches(count, options, known: extent) }),
            case .found(let document)? = session.cachedOutcome(of: call(for: 1), purpose: purpose),
            document === cached.document
        else { return nil }
        return window.rows(of: document)
    }

    /// Stores a window with the first page, if it was read from that page alone and from the cache, and nothing was learned meanwhile.
    ///
    /// - Parameters:
    ///   - rows: the window that was read from these pages.
    ///   - request: the requested rows.
    ///   - options: the other options of the request.
    func settle(_ rows: CollectionRows, _ request: WindowRequest, _ options: WindowOptions) {
        guard session.options.batching, let count = request.countFromStart, readPages == [1], wasCachedBefore(1),
            failure == nil, let cached = cachedResponse(of: 1),
            rows.rows.count <= cached.keyHashes.count
        else { return }
        // The next read uses what this one has learned, so only the next one's window can be stored.
        let known = CollectionPages(session: session, workspace: list.workspace, path: list.path, purpose: purpose)
            .knownBefore
        let isStored = cached.derived(SettledWindow.self) { $0.matches(count, options, known: known) } != nil
        guard known == knownBefore, !isStored, let window = SettledWindow(rows, request, options, known: known) else {
            return
        }
        cached.add(derived: window)
    }
}
