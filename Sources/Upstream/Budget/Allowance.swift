/// The calls per minute that an upstream key may make; nil: unlimited, or not learned yet.
package struct Allowance: Sendable, Hashable {
    /// The reads (`GET`) per minute.
    package var readsPerMinute: Int?
    /// The writes per minute.
    package var writesPerMinute: Int?

    package init(readsPerMinute: Int?, writesPerMinute: Int?) {
        self.readsPerMinute = readsPerMinute
        self.writesPerMinute = writesPerMinute
    }

    /// The allowance of a key whose limits are not known.
    package static let unlimited = Allowance(readsPerMinute: nil, writesPerMinute: nil)

    func limit(of kind: CallKind) -> Int? {
        switch kind {
        case .read: readsPerMinute
        case .write: writesPerMinute
        }
    }
}
