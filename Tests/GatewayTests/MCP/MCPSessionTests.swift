import Caching
import Testing
import Upstream

@testable import Gateway

/// How many sessions of the Model Context Protocol one caller may have, and which ids are those of sessions.
@Suite struct MCPSessionTests {
    private func caller(_ key: String) -> Caller { Caller(credential: Credential(key: key)) }

    private func session(_ id: String, of caller: Caller, in sessions: MCPSessions) -> MCPSession? {
        let holder = caller.namingCredential.map { ClientID.key($0) } ?? .address(caller.address)
        return sessions.session(id, of: caller, countedFor: [holder])
    }

    /// Keys that the upstream has not accepted begin no sessions beyond those of the caller.
    @Test func sessionsAreCountedForTheirHolders() {
        let sessions = MCPSessions(scheduler: .system)
        let holders = [ClientID.address("192.0.2.1")]
        for number in 0..<MCPSessions.maximumOfCaller {
            _ = sessions.session("\(number)", of: caller("\(number)"), countedFor: holders)?.open()
        }
        #expect(sessions.session("one more", of: caller("other"), countedFor: holders) == nil)
        #expect(sessions.session("one more", of: caller("other"), countedFor: [.address("192.0.2.2")]) != nil)
    }

    @Test func sessionIDIsValidOnlyForItsOwner() {
        let owner = MCPSessionOwner(caller("a"))
        let id = MCPSessionID.make(for: owner)
        #expect(MCPSessionID.isValid(id, for: owner))
        #expect(!MCPSessionID.isValid(id, for: MCPSessionOwner(caller("b"))))
        #expect(id != MCPSessionID.make(for: owner))
        let parts = id.split(separator: ".").map { String($0) }
        let wrong = [
            "", ".", "a.b", parts[0], "\(parts[0]).", "\(parts[1]).\(parts[0])", "\(id)0", "0\(id)", "\(id).\(id)",
        ]
        #expect(wrong.filter { MCPSessionID.isValid($0, for: owner) } == [])
    }

    @Test func aCallerWithManySessionsLosesTheOldest() throws {
        let sessions = MCPSessions(scheduler: .system)
        let other = try #require(session("other", of: caller("b"), in: sessions))
        let own = (0..<MCPSessions.maximumOfCaller).compactMap { session("\($0)", of: caller("a"), in: sessions) }
        #expect(own.count == MCPSessions.maximumOfCaller)
        // The second is not the oldest any more.
        _ = own[0].open()
        _ = session("1", of: caller("a"), in: sessions)
        #expect(session("one more", of: caller("a"), in: sessions) != nil)
        #expect(own.map(\.isClosed).filter { $0 }.count == 1)
        #expect(own[2].isClosed)
        #expect(!other.isClosed)
    }

    @Test func callerWithAllSessionsInUseGetsNoOther() {
        let sessions = MCPSessions(scheduler: .system)
        let own = (0..<MCPSessions.maximumOfCaller).compactMap { session("\($0)", of: caller("a"), in: sessions) }
        for session in own { _ = session.open() }
        #expect(session("one more", of: caller("a"), in: sessions) == nil)
        #expect(session("one more", of: caller("b"), in: sessions) != nil)
        sessions.end("0", of: caller("a"))
        #expect(session("one more", of: caller("a"), in: sessions) != nil)
    }

    /// Keys that nobody has begin sessions too: they leave room for others.
    @Test(arguments: [false, true]) func unusedSessionsOfOthersMakeRoom(haveStreams: Bool) throws {
        let sessions = MCPSessions(scheduler: .system)
        let first = try #require(session("0", of: caller("0"), in: sessions))
        if haveStreams { _ = first.open() }
        for number in 1..<1000 {
            let session = session("\(number)", of: caller("\(number % 100)"), in: sessions)
            if haveStreams { _ = session?.open() }
        }
        #expect(session("one more", of: caller("a"), in: sessions) != nil)
        #expect(first.isClosed)
        // It has not ended, and is made again.
        #expect(!sessions.hasEnded("0", of: caller("0")))
        #expect(session("0", of: caller("0"), in: sessions) !== first)
    }

    /// A reload whose changes are others ends what clients follow: they have to know, so that they begin anew.
    @Test func sessionsThatAReloadEndsAreKnownAfterIt() {
        let former = MCPSessions(scheduler: .system)
        _ = session("followed", of: caller("a"), in: former)
        let sessions = MCPSessions(scheduler: .system, inPlaceOf: former)
        #expect(!sessions.hasEnded("followed", of: caller("a")))
        former.close()
        #expect(sessions.hasEnded("followed", of: caller("a")))
        #expect(!sessions.hasEnded("followed", of: caller("b")))
        #expect(!sessions.hasEnded("other", of: caller("a")))
    }

    @Test func callersWithoutKeysAreDistinguishedByTheirAddresses() {
        let sessions = MCPSessions(scheduler: .system)
        var (first, second) = (Caller(), Caller())
        (first.address, second.address) = ("192.0.2.1", "192.0.2.2")
        for number in 0..<MCPSessions.maximumOfCaller { _ = session("\(number)", of: first, in: sessions)?.open() }
        #expect(session("one more", of: first, in: sessions) == nil)
        #expect(session("one more", of: second, in: sessions) != nil)
    }
}
