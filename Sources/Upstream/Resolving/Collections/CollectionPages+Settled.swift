internal import GraphQL

extension CollectionPages {
    /// Whether a page costs no call now, and needs no refresh either.
    func isFresh(_ page: Int) -> Bool {
        var purpose = purpose
        purpose.policy.staleWhileRevalidate = .zero
        return session.holds(call(for: page), purpose: purpose)
    }

    /// The window that a reading would bring, if one from the start has been read from the first page alone, that page is still cached,
    /// and nothing else is known of the list now.
    ///
    /// - Parameters:
    ///   - request: the rows that are wanted.
    ///   - options: what else is wanted.
    /// - Returns: the window, whose page is noted as used; nil: it has to be read.
    func settledWindow(_ request: WindowRequest, _ options: WindowOptions) -> CollectionRows? {
        guard let count = request.countFromStart, readPages.isEmpty,
            let cached = session.storedResponse(to: call(for: 1), purpose: purpose),
            let window = cached.derived(SettledWindow.self, where: { $0.matches(count, options, known: extent) }),
            case .found(let document)? = session.cachedOutcome(of: call(for: 1), purpose: purpose),
            document === cached.document
        else { return nil }
        return window.rows(of: document)
    }

    /// Stores a window with the first page, if it was read from that alone and from the cache, and nothing has been learned meanwhile.
    ///
    /// - Parameters:
    ///   - rows: the window that these pages have brought.
    ///   - request: the rows that were wanted.
    ///   - options: what else was wanted.
    func settle(_ rows: CollectionRows, _ request: WindowRequest, _ options: WindowOptions) {
        guard session.options.batching, let count = request.countFromStart, readPages == [1], wasCachedBefore(1),
            failure == nil, let cached = cachedResponse(of: 1),
            rows.rows.count <= cached.keyHashes.count
        else { return }
        // What was learned by this reading counts for the next one, which is the first whose window can be stored.
        let known = CollectionPages(session: session, workspace: list.workspace, path: list.path, purpose: purpose)
            .knownBefore
        let isStored = cached.derived(SettledWindow.self) { $0.matches(count, options, known: known) } != nil
        guard known == knownBefore, !isStored, let window = SettledWindow(rows, request, options, known: known) else {
            return
        }
        cached.add(derived: window)
    }
}
