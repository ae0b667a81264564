import Testing

@testable import Caching

@Suite struct CircuitBreakerTests {
    private let start = ContinuousClock.now

    private func open() -> CircuitBreaker {
        var breaker = CircuitBreaker()
        for _ in 0..<8 { breaker.recordFailure(at: start) }
        return breaker
    }

    @Test func sevenFailuresInARowAreAllowed() {
        var breaker = CircuitBreaker()
        for minute in 0..<10 {
            for _ in 0..<7 { breaker.recordFailure(at: start + .seconds(60 * minute)) }
            breaker.recordSuccess()
        }
        #expect(breaker.refusal(at: start + .seconds(600)) == nil)
    }

    @Test func eighthFailureOpensForASecond() {
        var breaker = open()
        #expect(breaker.refusal(at: start) == .seconds(1))
        #expect(breaker.refusal(at: start + .milliseconds(400)) == .milliseconds(600))
    }

    @Test func oneCallProbesAndItsSuccessCloses() {
        var breaker = open()
        #expect(breaker.refusal(at: start + .seconds(1)) == nil)
        #expect(breaker.refusal(at: start + .seconds(1)) == .seconds(1))
        breaker.recordSuccess()
        #expect(breaker.refusal(at: start + .seconds(1)) == nil)
        #expect(breaker.refusal(at: start + .seconds(1)) == nil)
    }

    @Test func failedProbesDoubleThePauseUpToHalfAMinute() {
        var breaker = open()
        var now = start + .seconds(1)
        var pauses: [Duration?] = []
        for _ in 0..<7 {
            #expect(breaker.refusal(at: now) == nil)
            breaker.recordFailure(at: now)
            let pause = breaker.refusal(at: now)
            pauses.append(pause)
            now += pause ?? .zero
        }
        #expect(pauses == [2, 4, 8, 16, 30, 30, 30].map { .seconds($0) })
    }

    @Test func aSuccessStartsThePausesAnew() {
        var breaker = open()
        _ = breaker.refusal(at: start + .seconds(1))
        breaker.recordFailure(at: start + .seconds(1))
        _ = breaker.refusal(at: start + .seconds(3))
        breaker.recordSuccess()
        for _ in 0..<8 { breaker.recordFailure(at: start + .seconds(4)) }
        #expect(breaker.refusal(at: start + .seconds(4)) == .seconds(1))
    }

    @Test func aLostProbeIsFollowedByAnother() {
        var breaker = open()
        #expect(breaker.refusal(at: start + .seconds(1)) == nil)
        #expect(breaker.refusal(at: start + .milliseconds(10_999)) == .seconds(1))
        #expect(breaker.refusal(at: start + .seconds(11)) == nil)
        #expect(breaker.refusal(at: start + .seconds(11)) == .seconds(1))
    }

    @Test func anInconclusiveProbeIsFollowedByAnotherAtOnce() {
        var breaker = open()
        #expect(breaker.refusal(at: start + .seconds(1)) == nil)
        #expect(breaker.isProbing)
        breaker.recordInconclusive(at: start + .seconds(1))
        #expect(!breaker.isProbing)
        #expect(breaker.refusal(at: start + .seconds(1)) == nil)
        #expect(breaker.refusal(at: start + .seconds(1)) == .seconds(1))
    }

    @Test func inconclusiveOutcomesNeitherOpenNorClose() {
        var breaker = CircuitBreaker()
        for _ in 0..<7 { breaker.recordFailure(at: start) }
        for _ in 0..<20 { breaker.recordInconclusive(at: start) }
        #expect(breaker.refusal(at: start) == nil)
        breaker.recordFailure(at: start)
        breaker.recordInconclusive(at: start)
        #expect(breaker.refusal(at: start) == .seconds(1))
    }

    @Test func aSuccessOfACallFromBeforeDoesNotClose() {
        var breaker = open()
        breaker.recordSuccess()
        #expect(breaker.refusal(at: start) == .seconds(1))
    }

    @Test func theSuccessOfAProbeClosesThoughACallFromBeforeFailedMeanwhile() {
        var breaker = open()
        #expect(breaker.refusal(at: start + .seconds(1)) == nil)
        breaker.recordFailure(at: start + .seconds(1))
        breaker.recordSuccess()
        #expect(breaker.refusal(at: start + .seconds(1)) == nil)
    }

    @Test(arguments: [(failures: 2, successes: 1, opens: true), (2, 3, false), (1, 2, false)])
    func opensIfMoreThanHalfOfTheCallsFail(failures: Int, successes: Int, opens: Bool) {
        var breaker = CircuitBreaker()
        for _ in 0..<20 {
            for _ in 0..<failures { breaker.recordFailure(at: start) }
            for _ in 0..<successes { breaker.recordSuccess() }
        }
        #expect((breaker.refusal(at: start) != nil) == opens)
    }

    @Test func failuresThatAreFarApartDoNotOpen() {
        var breaker = CircuitBreaker()
        for step in 0..<300 {
            breaker.recordFailure(at: start + .seconds(step))
            if step % 3 == 0 { breaker.recordSuccess() }
        }
        #expect(breaker.refusal(at: start + .seconds(300)) == nil)
    }
}
