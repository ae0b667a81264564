import GraphQL
import Testing

@testable import Upstream

/// Whether webhooks report all changes, by what readings find.
@Suite struct WebhookHealthTests {
    private let start = ContinuousClock.now
    private let type = TypeID(index: 3)

    private func at(_ seconds: Int) -> ContinuousClock.Instant { start + .seconds(seconds) }

    @Test func hookIsTrustedFromItsFirstEvent() {
        var hook = WebhookHealth()
        #expect(!hook.reportsChanges)
        hook.report(type, key: "a", byEvent: false, at: at(0))
        #expect(!hook.reportsChanges)
        hook.report(type, key: "a", byEvent: true, at: at(1))
        #expect(hook.reportsChanges)
        #expect(hook.confirmation(of: type) == nil)
        hook.read(type, changed: [], since: nil, at: at(2))
        #expect(hook.confirmation(of: type) == at(2))
    }

    @Test func reportedChangesConfirmTheHook() {
        var hook = WebhookHealth()
        hook.report(type, key: "a", byEvent: true, at: at(0))
        hook.report(type, key: "b", byEvent: false, at: at(5))
        hook.read(type, changed: ["a", "b"], since: at(0), at: at(60))
        hook.read(type, changed: [], since: at(60), at: at(120))
        #expect(hook.reportsChanges)
        #expect(hook.confirmation(of: type) == at(120))
    }

    @Test func lateEventStillConfirmsTheHook() {
        var hook = WebhookHealth()
        hook.report(type, key: "a", byEvent: true, at: at(0))
        hook.read(type, changed: ["b"], since: at(0), at: at(60))
        #expect(hook.confirmation(of: type) == nil)
        hook.report(type, key: "b", byEvent: true, at: at(80))
        hook.read(type, changed: [], since: at(60), at: at(120))
        #expect(hook.reportsChanges)
        #expect(hook.confirmation(of: type) == at(120))
    }

    @Test func aChangeThatNoEventReportsShowsThatTheHookIsSilent() {
        var hook = WebhookHealth()
        hook.report(type, key: "a", byEvent: true, at: at(0))
        hook.read(type, changed: ["b"], since: at(0), at: at(60))
        hook.read(type, changed: [], since: at(60), at: at(89))
        #expect(hook.reportsChanges)
        hook.read(type, changed: [], since: at(60), at: at(90))
        #expect(!hook.reportsChanges)
        // That nothing changes shows nothing; that a change was reported does.
        hook.read(type, changed: [], since: at(90), at: at(95))
        #expect(!hook.reportsChanges)
        hook.report(type, key: "c", byEvent: true, at: at(100))
        hook.read(type, changed: ["c"], since: at(95), at: at(105))
        #expect(hook.reportsChanges)
        #expect(hook.confirmation(of: type) == at(105))
    }

    @Test func anOldReportIsOfAnotherChange() {
        var hook = WebhookHealth()
        hook.report(type, key: "a", byEvent: true, at: at(0))
        hook.read(type, changed: ["a"], since: at(100), at: at(160))
        hook.read(type, changed: [], since: at(160), at: at(200))
        #expect(!hook.reportsChanges)
    }

    /// A hook can be set up for the events of some types only.
    @Test func eachTypeIsJudgedByItself() {
        let other = TypeID(index: 4)
        var hook = WebhookHealth()
        hook.report(other, key: "p", byEvent: true, at: at(0))
        hook.read(type, changed: [], since: at(0), at: at(60))
        #expect(hook.reportsChanges(of: other))
        #expect(!hook.reportsChanges(of: type))
        #expect(hook.confirmation(of: type) == nil)
    }

    @Test func aWriteOfThisProcessIsNoEvidenceThatASilentHookIsBack() {
        var hook = WebhookHealth()
        hook.report(type, key: "a", byEvent: true, at: at(0))
        hook.read(type, changed: ["b"], since: at(0), at: at(60))
        hook.read(type, changed: [], since: at(60), at: at(90))
        #expect(!hook.reportsChanges(of: type))
        hook.report(type, key: "c", byEvent: false, at: at(100))
        hook.read(type, changed: ["c"], since: at(90), at: at(120))
        #expect(!hook.reportsChanges(of: type))
        hook.report(type, key: "d", byEvent: true, at: at(130))
        hook.read(type, changed: ["d"], since: at(120), at: at(150))
        #expect(hook.reportsChanges(of: type))
    }

    @Test func aChangeThatWentUnreportedIsEvidenceAgainstTheWholeHook() {
        let other = TypeID(index: 4)
        var hook = WebhookHealth()
        hook.report(type, key: "a", byEvent: true, at: at(0))
        hook.report(other, key: "p", byEvent: true, at: at(0))
        hook.read(type, changed: ["b"], since: at(0), at: at(60))
        hook.read(type, changed: [], since: at(60), at: at(90))
        #expect(!hook.reportsChanges(of: other))
        #expect(!hook.reportsChanges)
        hook.report(type, key: "c", byEvent: true, at: at(100))
        hook.read(type, changed: ["c"], since: at(90), at: at(120))
        #expect(hook.reportsChanges(of: type))
        // Of the other type nothing has been seen as yet.
        hook.read(other, changed: [], since: at(90), at: at(120))
        #expect(!hook.reportsChanges(of: other))
    }
}
