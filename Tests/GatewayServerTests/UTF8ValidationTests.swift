import Testing

@testable import GatewayServer

/// UTF-8 that comes piece by piece, against what the standard library says of the whole.
@Suite struct UTF8ValidationTests {
    /// Bytes at the borders of what may stand first, second and later in a character.
    static let borders: [UInt8] = [
        0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF,
        0xF0,
        0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
    ]

    @Test func everyPairOfBytesIsJudgedAsTheStandardLibraryDoes() {
        for first in UInt8.min...UInt8.max {
            for second in UInt8.min...UInt8.max { expectAgreement([first, second]) }
        }
    }

    @Test func sequencesOfBorderBytesAreJudgedAsTheStandardLibraryDoes() {
        for first in Self.borders {
            for second in Self.borders {
                for third in Self.borders {
                    expectAgreement([first, second, third])
                    for fourth in Self.borders { expectAgreement([first, second, third, fourth]) }
                }
            }
        }
    }

    private func expectAgreement(_ bytes: [UInt8]) {
        var pieces = UTF8Validation()
        let isText = bytes.allSatisfy { pieces.add([$0]) } && pieces.isComplete
        // One expectation for each of so many would take minutes.
        guard isText != (String(validating: bytes, as: UTF8.self) != nil) else { return }
        Issue.record("\(bytes)")
    }
}
