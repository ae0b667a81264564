/// What is known of one key's budgets at one time.
package struct KeyStatus: Sendable {
    /// The key; it shows in no description.
    package let credential: Credential
    /// The budgets for reads and for writes.
    package let budgets: [BudgetStatus]
    /// When the minute of reads ends, in Unix seconds; nil: that is not known.
    package let resetsAt: Int?
}
