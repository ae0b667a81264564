private import Synchronization

/// The calls that read pages.
extension ChangePolling {
    /// The result of a reading.
    enum Outcome {
        case unchanged
        case page(PageReading)
        /// The upstream does not accept the parameters for sorting.
        case notSorted
        case failed
    }

    /// Reads the page that is next.
    func get(
        _ reader: Reader,
        _ collection: PolledCollection,
        _ name: Name,
        _ workspace: Workspace
    ) async -> UpstreamResponse {
        let conventions = workspace.reader.conventions
        let path: String
        var validators = CachedResponse.Validators()
        switch reader.watch.turn {
        case .newest:
            path = collection.path(ofPage: 1, isSorted: true, conventions)
            validators = reader.validators
        case .page(let page):
            path = collection.path(ofPage: page, isSorted: reader.watch.isSorted, conventions)
        }
        var credentials = [Credential?](repeating: nil, count: broker.workspaces.count)
        credentials[name.workspace] = name.credential
        let context = CallContext(
            credentials: credentials,
            deadline: workspace.now + workspace.timeout,
            caller: Self.caller,
            priority: .refresh
        )
        let read = UpstreamRead(
            call: Call(workspace: name.workspace, path: path),
            validators: validators,
            purpose: CallPurpose(policy: .none, rowsOf: collection.entity, in: conventions.listParameters)
        )
        let received = Mutex<UpstreamResponse?>(nil)
        await workspace.read([read], context: context) { _, response in received.withLock { $0 = response } }
        let response = received.withLock { $0 }
        return response ?? UpstreamResponse(outcome: .failed(.gatewayFailed), sentAt: workspace.now)
    }

    /// The result of a reading, given its response.
    func outcome(
        of response: UpstreamResponse,
        _ turn: CollectionWatch.Turn,
        _ collection: PolledCollection,
        _ workspace: Workspace,
        _ name: Name
    ) -> Outcome {
        broker.note(
            response.status,
            outcome: response.outcome,
            sentAt: response.sentAt,
            name.credential,
            name.workspace
        )
        if response.isNotModified { return .unchanged }
        switch response.outcome {
        case .found(let document):
            return PageReading(document, of: collection, reader: workspace.reader).map { .page($0) } ?? .failed
        case .missing:
            // Some upstreams report that a page past the end does not exist.
            return turn == .newest ? .failed : .page(PageReading(rows: [], count: nil, capacity: 1))
        case .failed:
            return response.status == 400 || response.status == 422 ? .notSorted : .failed
        }
    }
}
