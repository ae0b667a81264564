/// A call that the upstream has rejected with status 429.
package struct RejectedCall: Sendable, Hashable {
    /// What it counts as.
    let kind: CallKind
    /// The hash of its path; nil: it may be any.
    let path: Int?
    /// Whether it was rejected although calls are left: that is a pause, and shows nothing of the limit.
    let isBurst: Bool

    package init(_ kind: CallKind, path: Int? = nil, isBurst: Bool = false) {
        self.kind = kind
        self.path = path
        self.isBurst = isBurst
    }
}
