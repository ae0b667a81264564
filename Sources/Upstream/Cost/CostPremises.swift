internal import GraphQL
internal import JSON

/// The values of `CostContext` on which an estimate depends: while all are the same, the estimate of the operation is too.
struct CostPremises: Sendable {
    /// A value that earlier responses and requests determine.
    enum Premise: Sendable {
        /// Whether rows of a type lack a member that single objects have.
        case detailOnly(TypeID, ReadMember, Bool)
        /// The number of objects, recently requested one by one, that a list would have covered.
        case demand(workspace: Int, path: String, CallPurpose, Int)
    }

    private let workspaceCount: Int
    private let slugs: [String]?
    private let options: CallOptimizations
    private let premises: [Premise]

    /// Makes the premises of an estimate from its terms and the recorded values; nil: they are too many to be stored.
    init?(_ terms: CostContext, _ recorder: CostRecorder) {
        guard let premises = recorder.premises else { return nil }
        workspaceCount = terms.workspaceCount
        slugs = terms.slugs
        options = terms.options
        self.premises = premises
    }

    /// Whether all premises hold for a caller now.
    func hold(in terms: CostContext) -> Bool {
        guard terms.workspaceCount == workspaceCount, terms.slugs == slugs, terms.options == options,
            !terms.isLikely, let knowledge = terms.knowledge
        else { return false }
        return premises.allSatisfy { premise in
            switch premise {
            case .detailOnly(let type, let member, let value):
                terms.isDetailOnly(type, member) == value
            case .demand(let workspace, let path, let purpose, let value):
                knowledge.demand(workspace, path, purpose) == value
            }
        }
    }
}
