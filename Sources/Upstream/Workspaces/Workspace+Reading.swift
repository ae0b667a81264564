internal import Caching
internal import GraphQL
internal import JSON

extension Workspace {
    /// Makes GETs within the key's budget: at once as far as it goes, the others as it allows.
    ///
    /// - Parameters:
    ///   - reads: the GETs.
    ///   - context: for whom they are made.
    ///   - deliver: is given the final response to each, as soon as it is there.
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
        let granted = budget(of: credential).take(reads.count, kind: .read, priority: context.priority)
        let attempts = ReadAttempts(workspace: self, credential: credential, context: context)
        if reads.count == 1 {
            return deliver(0, await attempts.response(to: reads[0], isGranted: granted == 1))
        }
        await withDiscardingTaskGroup { group in
            for position in granted..<reads.count {
                group.addTask { deliver(position, await attempts.response(to: reads[position], isGranted: false)) }
            }
            for wave in waves(Array(0..<granted), of: reads) {
                await attempts.send(wave.map { reads[$0] }) { index, response in
                    let position = wave[index]
                    if response.retry == .never { return deliver(position, response) }
                    group.addTask { deliver(position, await attempts.retry(reads[position], after: response)) }
                }
            }
        }
    }

    /// The positions of reads in the order in which they are sent: while the upstream recovers, one shows first whether it
    /// works again, and the others go if it does.
    private func waves(_ positions: [Int], of reads: [UpstreamRead]) -> [[Int]] {
        guard positions.count > 1, health.isRecovering else { return positions.isEmpty ? [] : [positions] }
        let instant = now
        let probe = positions.first { health.allows(reads[$0].target, at: instant) } ?? positions[0]
        return [[probe], positions.filter { $0 != probe }]
    }
}
