internal import GraphQL
internal import JSON

/// What an estimate took for granted beside the operation: while all of it holds, the same operation is estimated the same.
struct CostPremises: Sendable {
    /// Something of what earlier responses have shown.
    enum Premise: Sendable {
        /// Whether rows of a type lack a member that single objects have.
        case detailOnly(TypeID, ReadMember, Bool)
        /// How many objects have lately been asked for one by one that a list would have brought.
        case demand(workspace: Int, path: String, CallPurpose, Int)
    }

    private let workspaceCount: Int
    private let slugs: [String]?
    private let options: CallOptimizations
    private let premises: [Premise]

    /// The terms of an estimate, and what was recorded of it; nil: it asked for more than is worth remembering.
    init?(_ terms: CostContext, _ recorder: CostRecorder) {
        guard let premises = recorder.premises else { return nil }
        workspaceCount = terms.workspaceCount
        slugs = terms.slugs
        options = terms.options
        self.premises = premises
    }

    /// Whether all of it holds for a caller now.
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
