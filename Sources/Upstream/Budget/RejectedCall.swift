/// A call that the upstream has rejected with status 429.
package struct RejectedCall: Sendable, Hashable {
    /// The kind of call, read or write, as which it counts.
    let kind: CallKind
    /// The hash of its path; nil: the rejection concerns no particular path.
    let path: Int?
    /// Whether the upstream rejected it although calls are left: the key pauses, but its limit is not learned from it.
    let isBurst: Bool

    package init(_ kind: CallKind, path: Int? = nil, isBurst: Bool = false) {
        self.kind = kind
        self.path = path
        self.isBurst = isBurst
    }
}
