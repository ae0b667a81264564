import Testing

@testable import Upstream

@Suite struct MonotonicTimeTests {
    private let start = MonotonicTime.now()

    /// Durations, and the whole milliseconds until then, of which a poll must not wait too few.
    @Test(
        arguments: [
            (Duration.zero, 0), (.nanoseconds(-1), 0), (.seconds(-10), 0), (.nanoseconds(1), 1),
            (.nanoseconds(999_999), 1), (.milliseconds(1), 2), (.milliseconds(1500), 1501), (.seconds(3600), 3_600_001),
        ] as [(Duration, Int64)]
    )
    func millisecondsAreRoundedUp(duration: Duration, milliseconds: Int64) {
        #expect(start.milliseconds(until: start.advanced(by: duration)) == milliseconds)
    }

    @Test func additionSaturatesAtTheDistantFuture() {
        #expect(start.advanced(by: .seconds(Int64(1) << 32)) == .distantFuture)
        #expect(start.advanced(by: .seconds(Int64.max)) == .distantFuture)
        #expect(start.advanced(by: .seconds(-(Int64(1) << 40))) == start)
        #expect(MonotonicTime.distantFuture.advanced(by: .seconds(1)) == .distantFuture)
        #expect(start < .distantFuture)
    }
}
