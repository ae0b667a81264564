internal import GraphQL
internal import JSON

extension CallBroker {
    /// Settles a response: caches it, and invalidates the responses that it contradicts.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9111#section-4.3.3
    func settle(
        _ response: UpstreamResponse,
        of call: LeaderCall,
        revalidating cached: CachedResponse?,
        purpose: CallPurpose,
        context: CallContext
    ) -> FlightResult {
        let credential = context.credential(for: call.key.workspace)
        note(response.status, outcome: response.outcome, sentAt: response.sentAt, credential, call.key.workspace)
        var result = FlightResult(
            outcome: response.outcome,
            isForEveryone: isForEveryone(response, credential, call.key),
            generatedAt: response.generatedAt
        )
        // Without a condition in the request, status 304 shows nothing about the cached response.
        if response.isNotModified, let cached, !cached.validators.isEmpty {
            result = revalidated(cached, by: response, of: call, purpose: purpose)
        } else {
            switch response.outcome {
            case .found(let document):
                store(document, response, of: call, purpose: purpose)
                if purpose.showsNoObject(in: document, reader: workspaces[call.key.workspace].reader) {
                    endLists(showing: call, purpose: purpose)
                }
            case .missing:
                if result.isForEveryone { store(nil, response, of: call, purpose: purpose) }
                endLists(showing: call, purpose: purpose)
            case .failed:
                if response.status == 403 { end(call, purpose: purpose) }
            }
        }
        return result
    }

    /// Learns from a response's status whether its credential is accepted.
    func note(
        _ status: Int?,
        outcome: CallOutcome,
        sentAt: ContinuousClock.Instant,
        _ credential: Credential?,
        _ workspace: Int
    ) {
        guard let credential, let status else { return }
        let acceptances = workspaces[workspace].acceptances
        switch status {
        case 401:
            acceptances.refuse(credential, at: sentAt) { invalidationLogs[workspace].advance() }
        case 403:
            acceptances.withdraw(credential, at: sentAt)
        case 200..<300, 304:
            if case .failed = outcome { return }
            acceptances.accept(credential, at: sentAt)
        default:
            break
        }
    }

    /// Learns from a write whether its credential is accepted.
    func note(
        _ outcome: WriteOutcome,
        sentAt: ContinuousClock.Instant,
        _ credential: Credential?,
        _ workspace: Int
    ) {
        guard let credential else { return }
        let acceptances = workspaces[workspace].acceptances
        switch outcome {
        case .done:
            acceptances.accept(credential, at: sentAt)
        case .refused(let failure, _):
            guard failure.extensions["code"] == .string(ErrorCode.unauthenticated.rawValue) else { return }
            acceptances.refuse(credential, at: sentAt) { invalidationLogs[workspace].advance() }
        case .missing, .unknown, .limited, .notSent:
            break
        }
    }

    /// Whether a result holds for every credential that shares the response's scope.
    private func isForEveryone(_ response: UpstreamResponse, _ credential: Credential?, _ key: CacheKey) -> Bool {
        guard case .workspace = key.scope else { return true }
        switch response.outcome {
        case .found:
            return true
        case .missing:
            // Some upstreams report that an object does not exist if the credential may not see it.
            return credential.map { workspaces[key.workspace].hasAccepted($0) } ?? false
        case .failed(let failure):
            return failure.isUpstreamsFault && ![401, 403, 429].contains(response.status ?? 0)
        }
    }

    /// Marks a cached response as fresh again after the upstream responded that it has not changed.
    private func revalidated(
        _ cached: CachedResponse,
        by response: UpstreamResponse,
        of call: LeaderCall,
        purpose: CallPurpose
    ) -> FlightResult {
        if isCurrent(call, purpose) {
            let refreshed = cached.revalidated(at: response.generatedAt, startedAt: call.leading.info.startedAt)
            store.store(refreshed, entities: nil, for: call.key, if: .always)
        }
        return FlightResult(outcome: cached.outcome, isForEveryone: true, generatedAt: response.generatedAt)
    }

    private func isCurrent(_ call: LeaderCall, _ purpose: CallPurpose) -> Bool {
        isCurrent(
            call.leading.info.startedAt,
            of: call.key,
            purpose.subject(ofPath: call.key.path),
            showing: nil
        )
    }

    private func store(
        _ document: SourceDocument?,
        _ response: UpstreamResponse,
        of call: LeaderCall,
        purpose: CallPurpose
    ) {
        // A response older than a write must not replace a newer one.
        guard options.caching, purpose.policy.isCacheable, isCurrent(call, purpose) else { return }
        if let document,
            !admit(document, of: call.key, purpose: purpose, startedAt: call.leading.info.startedAt)
        {
            return
        }
        var entities: ResponseEntities?
        if let document, let entity = purpose.entity, options.batching {
            entities = ResponseEntities(
                of: entity,
                in: document,
                purpose: purpose,
                reader: workspaces[call.key.workspace].reader
            )
        }
        let stored = CachedResponse(
            document,
            validators: response.validators,
            generatedAt: response.generatedAt,
            startedAt: call.leading.info.startedAt,
            keyHashes: entities?.keyHashes ?? []
        )
        reportSize(of: stored, call.key)
        store.store(stored, entities: entities, for: call.key, if: .always)
    }

    /// Reports a response that is too large for the store.
    private func reportSize(of response: CachedResponse, _ key: CacheKey) {
        guard let excess = store.excess(of: response, for: key) else { return }
        let workspace = workspaces[key.workspace]
        workspace.observer.responseNotCached(
            OversizedResponse(
                workspace: workspace.slug,
                path: key.path.pathWithoutQuery,
                bytes: excess.bytes,
                maximumBytes: excess.maximumBytes
            )
        )
    }

    // MARK: - Invalidation

    /// Invalidates a response that its credential may not see any more, and the lists that show its object.
    private func end(_ call: LeaderCall, purpose: CallPurpose) {
        // Other credentials keep their access; this one has lost its acceptance.
        guard case .credential = call.key.scope else { return }
        // A credential that may not see one page of a list may see none.
        let pages = purpose.isCollection ? otherPages(of: call.key) : []
        // Not lazily: each of them is removed.
        let removed = ([call.key] + pages).filter { store.remove($0) }
        if !removed.isEmpty { _ = invalidationLogs[call.key.workspace].advance() }
        endLists(showing: call, purpose: purpose)
    }

    /// The keys of a list's first pages, which are nearly always all its cached pages, given the key of one page.
    private func otherPages(of key: CacheKey) -> [CacheKey] {
        guard let name = workspaces[key.workspace].reader.conventions.pageParameter,
            let start = key.path.range(ofParameter: name)
        else { return [] }
        return (1...Self.mostPagesEnded).map { page in
            var path = key.path
            path.replaceSubrange(start, with: String(page))
            return CacheKey(workspace: key.workspace, scope: key.scope, path: path)
        }
    }

    private static let mostPagesEnded = 100

    /// Invalidates the lists that show a missing object.
    ///
    /// Lookups of objects that no cached response shows invalidate nothing, as clients can invent such keys.
    private func endLists(showing call: LeaderCall, purpose: CallPurpose) {
        guard purpose.isByKey, let entity = purpose.entity,
            let key = entity.key(inPath: call.call.path.pathWithoutQuery)
        else {
            return
        }
        let name = EntityKey(
            workspace: call.key.workspace,
            scope: call.key.scope,
            type: entity.type,
            key: ExactString(key)
        )
        guard store.removeEntity(name) else { return }
        let epoch = invalidationLogs[call.key.workspace].advance()
        let mark = AbsenceLog.Mark(
            epoch: epoch,
            type: entity.type,
            scope: call.key.scope,
            keyHash: AbsenceLog.hash(ofKey: key)
        )
        absenceLogs[call.key.workspace].add(mark)
    }
}

extension String {
    /// The range of a parameter's value in a path with a query; nil if the query lacks the parameter.
    fileprivate func range(ofParameter name: String) -> Range<Index>? {
        guard let query = utf8.firstIndex(of: UInt8(ascii: "?")) else { return nil }
        for part in self[query...].dropFirst().split(separator: "&") where part.hasPrefix("\(name)=") {
            return part.utf8.index(part.startIndex, offsetBy: name.utf8.count + 1)..<part.endIndex
        }
        return nil
    }
}

extension CallPurpose {
    /// Whether the response for a single object shows that the object does not exist.
    fileprivate func showsNoObject(in document: SourceDocument, reader: ResponseReader) -> Bool {
        guard isByKey, let entity else { return false }
        guard let node = reader.object(in: document, expecting: content) else { return true }
        return entity.isDeleted(node, in: document)
    }
}
