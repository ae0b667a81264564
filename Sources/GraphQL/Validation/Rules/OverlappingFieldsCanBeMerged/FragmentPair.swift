/// An unordered pair of fragments, by name.
struct FragmentPair: Hashable {
    private let first: String
    private let second: String

    init(_ a: String, _ b: String) {
        (first, second) = a < b ? (a, b) : (b, a)
    }
}
