import Testing

@testable import Upstream

@Suite struct AcceptanceLogTests {
    private let log = AcceptanceLog()
    private let credential = Credential(key: "k")
    private let start = ContinuousClock.now

    private func at(_ seconds: Int) -> ContinuousClock.Instant { start + .seconds(seconds) }

    /// The response to a call that was sent before the key was revoked comes after the refusal of another call.
    @Test(arguments: [false, true]) func aLateResponseDoesNotUndoARefusal(isWithdrawal: Bool) {
        log.accept(credential, at: at(0))
        if isWithdrawal {
            log.withdraw(credential, at: at(2))
        } else {
            log.refuse(credential, at: at(2)) { 7 }
        }
        log.accept(credential, at: at(1))
        #expect(log.lastAcceptance(of: credential) == nil)
        #expect(log.isRefused(credential) == !isWithdrawal)
        log.accept(credential, at: at(3))
        #expect(log.lastAcceptance(of: credential) == at(3))
        #expect(!log.isRefused(credential))
    }

    @Test func theLatestRefusalCounts() {
        log.accept(credential, at: at(0))
        log.refuse(credential, at: at(5)) { 7 }
        log.refuse(credential, at: at(2)) { 8 }
        log.accept(credential, at: at(3))
        #expect(log.lastAcceptance(of: credential) == nil)
        #expect(log.isCurrent(7, credential))
        #expect(!log.isCurrent(6, credential))
    }
}
