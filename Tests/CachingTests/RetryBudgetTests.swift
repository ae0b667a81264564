import TestSupport
import Testing

@testable import Caching

@Suite struct RetryBudgetTests {
    @Test func tenRetriesAndATenthOfTheCallsAreAllowed() {
        var budget = RetryBudget()
        var retries = 0
        for _ in 0..<1000 {
            budget.called()
            if budget.consumeRetry() { retries += 1 }
        }
        #expect((108...110).contains(retries))
    }

    @Test func quietTimesSaveNoMoreThanTenRetries() {
        var budget = RetryBudget()
        for _ in 0..<1000 { budget.called() }
        #expect((0..<20).map { _ in budget.consumeRetry() } == (0..<20).map { $0 < 10 })
    }

    @Test(arguments: [(1, 50), (2, 100), (3, 200), (6, 1600), (7, 2000), (60, 2000), (0, 50), (.max, 2000)])
    func theBackoffIsAnythingUpToABoundThatDoubles(attempt: Int, bound: Int) {
        var generator = SeededGenerator(seed: 7)
        let backoffs = (0..<500).map { _ in RetryBudget.backoff(attempt: attempt, using: &generator) }
        #expect(backoffs.allSatisfy { $0 >= .zero && $0 <= .milliseconds(bound) })
        #expect(backoffs.contains { $0 < .milliseconds(bound / 4) })
        #expect(backoffs.contains { $0 > .milliseconds(bound * 3 / 4) })
    }
}
