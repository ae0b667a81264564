/// The number of requests a minute that each key may make.
package struct SandboxPlan: Sendable, Equatable {
    /// The plans by the names that the command line knows.
    package static let named: [(name: String, plan: SandboxPlan)] = [
        ("standard", .standard), ("professional", .professional), ("enterprise", .enterprise),
        ("unlimited", .unlimited),
    ]

    /// 100 reads and 50 writes a minute.
    package static let standard = SandboxPlan(reads: 100)

    /// 500 reads and 250 writes a minute.
    package static let professional = SandboxPlan(reads: 500)

    /// 2,000 reads and 1,000 writes a minute.
    package static let enterprise = SandboxPlan(reads: 2000)

    /// No limit and no rate-limit headers, for keys and for anonymous requests.
    package static let unlimited = SandboxPlan(reads: nil, writes: nil, anonymous: nil)

    /// Reads in a window, or nil for any number.
    package var reads: Int?

    /// Writes in a window, or nil for any number.
    package var writes: Int?

    /// Requests in a window without a known key, all callers together, or nil for any number.
    package var anonymous: Int?

    /// A plan with limits of its own.
    package init(reads: Int?, writes: Int?, anonymous: Int?) {
        self.reads = reads
        self.writes = writes
        self.anonymous = anonymous
    }

    /// A plan as Workestra sells them: half as many writes as reads, and 10 anonymous requests.
    package init(reads: Int) {
        self.init(reads: reads, writes: reads / 2, anonymous: 10)
    }
}
