/// The sandbox's own generator (SplitMix64), so that a seed gives the same data with every compiler and library.
///
/// The standard library's `random(in:)` and `shuffle` are not used: their algorithms may change between releases.
package struct SplitMix64: Sendable {
    private var state: UInt64

    /// Starts a generator at `seed`.
    package init(seed: UInt64) {
        state = seed
    }

    /// Starts a stream of its own for every combination of a seed and the coordinates of what is drawn.
    package init(seed: UInt64, stream: UInt64...) {
        state = stream.reduce(Self.mix(seed)) { Self.mix($0 ^ Self.mix($1)) }
    }

    /// Draws 64 random bits.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mix(state)
    }

    /// Draws an integer in `0..<bound`; 0 if `bound` is less than 1.
    package mutating func below(_ bound: Int) -> Int {
        guard bound > 0 else { return 0 }
        return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// Draws a number in `0..<1`.
    package mutating func unit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// Returns true with the probability `rate`; a rate of 0 draws nothing.
    package mutating func chance(_ rate: Double) -> Bool {
        rate > 0 && unit() < rate
    }

    /// Draws one of `items`, which must not be empty.
    package mutating func pick<Item>(_ items: [Item]) -> Item {
        items[below(items.count)]
    }

    /// Scrambles 64 bits.
    ///
    /// Different inputs give different outputs, so the function also makes ids that cannot collide.
    package static func mix(_ value: UInt64) -> UInt64 {
        var bits = value
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}
