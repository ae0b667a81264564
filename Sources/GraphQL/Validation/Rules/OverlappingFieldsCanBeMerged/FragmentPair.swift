/// Two fragments by name, in either order.
struct FragmentPair: Hashable {
    private let first: String
    private let second: String

    init(_ a: String, _ b: String) {
        (first, second) = a < b ? (a, b) : (b, a)
    }
}
