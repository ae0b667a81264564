import Caching
import Testing
import Upstream

@testable import Gateway

/// How many sessions of the Model Context Protocol one caller may have, and which ids are those of sessions.
@Suite struct MCPSessionTests {
    private func caller(_ key: String) -> Caller { Caller(credential: Credential(key: key)) }

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
        let other = try #require(sessions.session("other", of: caller("b")))
        let own = (0..<MCPSessions.maximumOfCaller).compactMap { sessions.session("\($0)", of: caller("a")) }
        #expect(own.count == MCPSessions.maximumOfCaller)
        // The second is not the oldest any more.
        _ = own[0].open()
        _ = sessions.session("1", of: caller("a"))
        #expect(sessions.session("one more", of: caller("a")) != nil)
        #expect(own.map(\.isClosed).filter { $0 }.count == 1)
        #expect(own[2].isClosed)
        #expect(!other.isClosed)
    }

    @Test func callerWithAllSessionsInUseGetsNoOther() {
        let sessions = MCPSessions(scheduler: .system)
        let own = (0..<MCPSessions.maximumOfCaller).compactMap { sessions.session("\($0)", of: caller("a")) }
        for session in own { _ = session.open() }
        #expect(sessions.session("one more", of: caller("a")) == nil)
        #expect(sessions.session("one more", of: caller("b")) != nil)
        sessions.end("0", of: caller("a"))
        #expect(sessions.session("one more", of: caller("a")) != nil)
    }

    /// Keys that nobody has begin sessions too: they leave room for others.
    @Test(arguments: [false, true]) func unusedSessionsOfOthersMakeRoom(haveStreams: Bool) throws {
        let sessions = MCPSessions(scheduler: .system)
        let first = try #require(sessions.session("0", of: caller("0")))
        if haveStreams { _ = first.open() }
        for number in 1..<1000 {
            let session = sessions.session("\(number)", of: caller("\(number % 100)"))
            if haveStreams { _ = session?.open() }
        }
        #expect(sessions.session("one more", of: caller("a")) != nil)
        #expect(first.isClosed)
        // It has not ended, and is made again.
        #expect(!sessions.hasEnded("0", of: caller("0")))
        #expect(sessions.session("0", of: caller("0")) !== first)
    }

    /// A reload whose changes are others ends what clients follow: they have to know, so that they begin anew.
    @Test func sessionsThatAReloadEndsAreKnownAfterIt() {
        let former = MCPSessions(scheduler: .system)
        _ = former.session("followed", of: caller("a"))
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
        for number in 0..<MCPSessions.maximumOfCaller { _ = sessions.session("\(number)", of: first)?.open() }
        #expect(sessions.session("one more", of: first) == nil)
        #expect(sessions.session("one more", of: second) != nil)
    }
}
