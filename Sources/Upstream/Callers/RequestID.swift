private import Synchronization

/// Identifies a client request in logs, traces and its response.
package struct RequestID: Sendable, Hashable, CustomStringConvertible {
    /// The id's text: visible ASCII characters that mean nothing in a log line or a header field.
    package let text: String

    package var description: String { text }

    private init(made text: String) {
        self.text = text
    }

    /// Takes over an id that a client, or a proxy before the gateway, has chosen; nil if it has characters that are not safe in a log
    /// line or a header field.
    package init?(clientSupplied text: String) {
        guard (1...Self.maximumLength).contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed) else {
            return nil
        }
        self.text = text
    }

    /// Makes an id that no other request of this process has, and probably none of another one.
    package static func make() -> RequestID {
        RequestID(made: prefix + String(counter.add(1, ordering: .relaxed).newValue, radix: 16))
    }

    /// The length in bytes of the longest id that is taken over.
    package static let maximumLength = 128

    /// The prefix of the ids of this process.
    private static let prefix = String(UInt32.random(in: 0x1000_0000 ... .max), radix: 16) + "-"
    private static let counter = Atomic<UInt64>(0)

    private static let punctuation = Array("-_.:/+=@".utf8)

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: punctuation.contains(byte)
        }
    }
}
