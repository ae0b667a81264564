internal import GraphQL
internal import JSON
private import Synchronization

/// Records the values of `CostContext` that an estimate reads.
final class CostRecorder: Sendable {
    private let recorded = Mutex<[CostPremises.Premise]?>([])

    /// The most values that are recorded: they are all checked each time that the estimate is used again.
    ///
    /// The number is a choice: it has not been measured from which length on the estimate itself is faster.
    private static let maximumCount = 64

    /// The recorded values; nil: there were too many.
    var premises: [CostPremises.Premise]? { recorded.withLock { $0 } }

    private func record(_ premise: CostPremises.Premise) {
        recorded.withLock { recorded in
            if recorded?.count ?? 0 >= Self.maximumCount { recorded = nil }
            recorded?.append(premise)
        }
    }

    /// Terms that return the values of others, and record them.
    func terms(like other: CostContext) -> CostContext {
        var terms = other
        terms.isDetailOnly = { [self] type, member in
            let value = other.isDetailOnly(type, member)
            record(.detailOnly(type, member, value))
            return value
        }
        terms.knowledge = other.knowledge.map { knowledge in
            CostKnowledge(
                pages: knowledge.pages,
                demand: { [self] workspace, path, purpose in
                    let value = knowledge.demand(workspace, path, purpose)
                    record(.demand(workspace: workspace, path: path, purpose, value))
                    return value
                }
            )
        }
        return terms
    }
}
