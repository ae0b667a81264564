/// Makes opaque ids, such as `task_4gk0d2m8q1xwz`, that depend on the seed and on nothing else.
struct Identifier: Sendable {
    /// The kind of object, which is the id's prefix.
    enum Kind: UInt64, Sendable {
        case project
        case issue
        case user

        fileprivate var prefix: String {
            switch self {
            case .project: "proj_"
            case .issue: "task_"
            case .user: "user_"
            }
        }
    }

    // Numbers of 19 digits, beyond what a double holds exactly and within what 64 bits hold.
    private static let smallestNumber: UInt64 = 1_000_000_000_000_000_000
    private static let numbers: UInt64 = 8_000_000_000_000_000_000

    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    private let base: UInt64
    private let type: IDType

    /// Makes the ids of the workspace at `index`.
    init(seed: UInt64, workspace index: Int, type: IDType = .text) {
        self.type = type
        base = SplitMix64.mix(seed) &+ UInt64(index) << 44
    }

    /// The id of the thing with the number `ordinal` among its kind.
    func text(_ kind: Kind, _ ordinal: Int) -> String {
        // Distinct inputs stay distinct, because the mixing is a bijection.
        var bits = SplitMix64.mix(base &+ kind.rawValue << 40 &+ UInt64(ordinal))
        if type == .number { return String(Self.smallestNumber + bits % Self.numbers) }
        var digits = Array(kind.prefix.utf8)
        for _ in 0..<13 {
            digits.append(Self.alphabet[Int(bits & 31)])
            bits >>= 5
        }
        return String(decoding: digits, as: UTF8.self)
    }
}
