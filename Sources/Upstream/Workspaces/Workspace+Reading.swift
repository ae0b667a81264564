internal import Caching
internal import GraphQL
internal import JSON

extension Workspace {
    /// Makes GETs within the key's budget: as many as it allows at once, the others as it allows them.
    ///
    /// - Parameters:
    ///   - reads: the GETs.
    ///   - context: the context of the calls.
    ///   - deliver: receives the final response to each as soon as it arrives.
    func read(
        _ reads: [UpstreamRead],
        context: CallContext,
        deliver: @escaping @Sendable (Int, UpstreamResponse) -> Void
    ) async {
        guard let credential = context.credential(for: index) else {
            let response = UpstreamResponse(outcome: .failed(noCredential), sentAt: now)
            for position in reads.indices { deliver(position, response) }
            return
        }
        let granted = budget(of: credential).take(
            reads.count,
            kind: .read,
            priority: context.priority,
            lane: context.lane
        )
        let attempts = ReadAttempts(workspace: self, credential: credential, context: context)
        if reads.count == 1 {
            return deliver(0, await attempts.response(to: reads[0], isGranted: granted == 1))
        }
        await withDiscardingTaskGroup { group in
            for position in granted..<reads.count {
                group.addTask { deliver(position, await attempts.response(to: reads[position], isGranted: false)) }
            }
            let sequences = health.sequences(of: reads.prefix(granted).map(\.target), at: now)
            for waves in sequences.dropFirst() {
                group.addTask { await attempts.send(waves, of: reads, deliver: deliver) }
            }
            if let waves = sequences.first { await attempts.send(waves, of: reads, deliver: deliver) }
        }
    }
}

extension ReadAttempts {
    /// Makes GETs whose budget has been taken, in waves; retries of one do not delay the others.
    fileprivate func send(
        _ waves: [[Int]],
        of reads: [UpstreamRead],
        deliver: @escaping @Sendable (Int, UpstreamResponse) -> Void
    ) async {
        await withDiscardingTaskGroup { group in
            for wave in waves {
                await send(wave.map { reads[$0] }) { index, response in
                    let position = wave[index]
                    if response.retry == .never { return deliver(position, response) }
                    group.addTask { deliver(position, await retry(reads[position], after: response)) }
                }
            }
        }
    }
}
