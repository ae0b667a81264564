import Synchronization
import Testing
import Upstream

@testable import Gateway

/// Keys in files that change while the gateway runs.
@Suite struct KeyFileTests {
    /// A file, a clock, and what was reported.
    private final class Script: Sendable {
        struct State {
            var content: [UInt8]?
            var version = 0
            var now = ContinuousClock.now
            var reads = 0
            var outcomes: [KeyFile.Outcome] = []
        }

        let state: Mutex<State>

        init(_ content: String?) {
            state = Mutex(State(content: content.map { Array($0.utf8) }))
        }

        func write(_ content: String?) {
            state.withLock { state in
                state.content = content.map { Array($0.utf8) }
                state.version += 1
            }
        }

        func advance(by duration: Duration) { state.withLock { $0.now += duration } }

        var reads: Int { state.withLock { $0.reads } }
        var outcomes: [KeyFile.Outcome] { state.withLock { $0.outcomes } }

        private func stamp() -> KeyFile.Stamp? {
            state.withLock { state in state.content.map { _ in KeyFile.Stamp([state.version]) } }
        }

        private func read() -> [UInt8]? {
            state.withLock { state in
                state.reads += 1
                return state.content
            }
        }

        func open() -> KeyFile? {
            KeyFile(
                path: "/run/key",
                access: KeyFile.Access(stamp: { self.stamp() }, read: { self.read() }),
                now: { self.state.withLock { $0.now } },
                run: { $0() },
                notify: { _, outcome in self.state.withLock { $0.outcomes.append(outcome) } }
            )
        }
    }

    private func key(_ text: String) -> Credential { Credential(key: text) }

    @Test(arguments: ["k1", "k1\n", " \t k1\r\n\r\n"])
    func whiteSpaceAroundAKeyIsIgnored(text: String) {
        #expect(Script(text).open()?.credential == key("k1"))
    }

    @Test(arguments: [nil, "", " \n", "a b", "a\u{0}b", "clé", "a\nb"])
    func aFileWithoutAKeyIsNotOpened(text: String?) {
        #expect(Script(text).open() == nil)
    }

    @Test func aChangedFileIsReadAgainAfterAWhile() throws {
        let script = Script("k1")
        let file = try #require(script.open())
        script.write("k2")
        #expect(file.credential == key("k1"))
        script.advance(by: KeyFile.checkInterval - .milliseconds(1))
        #expect(file.credential == key("k1"))
        script.advance(by: .milliseconds(1))
        // This look finds the change; who asks does not wait.
        #expect(file.credential == key("k1"))
        #expect(file.credential == key("k2"))
        #expect(script.outcomes == [.replaced])
        #expect(script.reads == 2)
    }

    @Test func aFileThatHasNotChangedIsNotReadAgain() throws {
        let script = Script("k1")
        let file = try #require(script.open())
        for _ in 0..<10 {
            script.advance(by: KeyFile.checkInterval)
            #expect(file.credential == key("k1"))
        }
        #expect(script.reads == 1)
        #expect(script.outcomes == [])
    }

    @Test(arguments: [nil, "", "a b"])
    func aBadFileKeepsTheKeyAndIsReportedOnce(text: String?) throws {
        let script = Script("k1")
        let file = try #require(script.open())
        script.write(text)
        for _ in 0..<5 {
            script.advance(by: KeyFile.checkInterval)
            #expect(file.credential == key("k1"))
        }
        let reason = text == nil ? "it cannot be read" : "it has no key, or none that can be sent"
        #expect(script.outcomes == [.unusable(reason)])
        script.write("k2")
        script.advance(by: KeyFile.checkInterval)
        _ = file.credential
        #expect(file.credential == key("k2"))
        #expect(script.outcomes == [.unusable(reason), .replaced])
    }

    @Test func aReloadReadsAtOnce() throws {
        let script = Script("k1")
        let file = try #require(script.open())
        #expect(file.reload() == .unchanged)
        script.write("k2")
        #expect(file.reload() == .replaced)
        #expect(file.credential == key("k2"))
        script.write(nil)
        #expect(file.reload() == .unusable("it cannot be read"))
        #expect(file.credential == key("k2"))
    }

    @Test func aRefusalOfItsKeyReadsTheFileAtMostOnceASecond() throws {
        let script = Script("k1")
        let file = try #require(script.open())
        script.write("k2")
        file.noteRefusal(of: key("another"))
        #expect(file.credential == key("k1"))
        file.noteRefusal(of: key("k1"))
        #expect(file.credential == key("k2"))
        for _ in 0..<10 { file.noteRefusal(of: key("k2")) }
        #expect(script.reads == 2)
        script.advance(by: KeyFile.refusalInterval)
        for _ in 0..<10 { file.noteRefusal(of: key("k2")) }
        #expect(script.reads == 3)
    }
}
