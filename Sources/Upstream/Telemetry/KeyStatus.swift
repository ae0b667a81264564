/// The budgets of one key at one time.
package struct KeyStatus: Sendable {
    /// The key; it shows in no description.
    package let credential: Credential
    /// The budgets for reads and for writes.
    package let budgets: [BudgetStatus]
    /// The Unix time in seconds at which the window of reads ends; nil: unknown.
    package let resetsAt: Int?
}
