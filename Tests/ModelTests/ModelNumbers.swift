import Sandbox

/// Choices that follow from a seed.
struct ModelNumbers {
    private var generator: SplitMix64

    init(seed: UInt64, stream: UInt64) {
        generator = SplitMix64(seed: seed, stream: stream)
    }

    /// A number of a range.
    mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + generator.below(range.count)
    }

    /// Whether something happens that does so in so many of a hundred cases.
    mutating func chance(_ percent: Int) -> Bool { generator.below(100) < percent }

    /// One of the choices; nil if there are none.
    mutating func pick<Choice>(_ choices: some Collection<Choice>) -> Choice? {
        choices.isEmpty ? nil : choices[choices.index(choices.startIndex, offsetBy: generator.below(choices.count))]
    }

    /// One of the choices, or the first in most cases.
    mutating func variant<Choice: CaseIterable>(_ usual: Choice) -> Choice {
        chance(70) ? usual : pick(Choice.allCases) ?? usual
    }
}
