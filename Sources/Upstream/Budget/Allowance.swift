/// The calls that an upstream key may make in a minute; nil: unlimited, or to be learned.
package struct Allowance: Sendable, Hashable {
    package var readsPerMinute: Int?
    package var writesPerMinute: Int?

    package init(readsPerMinute: Int?, writesPerMinute: Int?) {
        self.readsPerMinute = readsPerMinute
        self.writesPerMinute = writesPerMinute
    }

    /// Nothing is known of a limit.
    package static let unlimited = Allowance(readsPerMinute: nil, writesPerMinute: nil)

    func limit(of kind: CallKind) -> Int? {
        switch kind {
        case .read: readsPerMinute
        case .write: writesPerMinute
        }
    }
}
