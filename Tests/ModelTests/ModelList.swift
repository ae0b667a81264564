/// Which rows a list shows to a client, and in what order.
struct ModelList: Sendable, Hashable {
    /// A condition on a member.
    struct Condition: Sendable, Hashable {
        let member: String
        let text: String
    }

    let type: ModelType
    /// The keys of the workspaces whose rows are merged.
    var keys: [ModelClient.Entry]
    let conditions: [Condition]
    let onlyOverdue: Bool
    let sort: String
    let isDescending: Bool
}
