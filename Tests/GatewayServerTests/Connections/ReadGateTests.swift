import Testing

@testable import GatewayServer

@Suite struct ReadGateTests {
    @Test func delayedReadHappensOnce() {
        var gate = ReadGate()
        let results = [
            gate.holdsRead, gate.open(), gate.request(isOpen: true), gate.holdsRead,
            gate.request(isOpen: false), gate.request(isOpen: false), gate.holdsRead,
            gate.open(), gate.holdsRead, gate.open(),
        ]
        #expect(results == [false, false, true, false, false, false, true, true, false, false])
    }
}
