import JSON
import JSONRPC
import Testing

@testable import GatewayServer

/// Where the id of a message is: wherever one is found, the message is the same with any other plain id in its place.
@Suite struct MessageIDRangeTests {
    private static func id(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        return MessageIDRange.range(in: bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    @Test func aPlainIDOfASingleMessageIsFound() {
        let messages: [(String, String?)] = [
            (#"{"id":1}"#, "1"), (#" { "id" : 0 , "a" : {} } "#, "0"), (#"{"a":{"id":2},"id":3}"#, "3"),
            (#"{"a":"\"id\":5,","id":"x-1"}"#, #""x-1""#), (#"{"a":[1,{"id":4}],"b":"}","id":12}"#, "12"),
            (#"{"a":{"id":2}}"#, nil), (#"{"id":1.5}"#, nil), (#"{"id":-1}"#, nil), (#"{"id":01}"#, nil),
            (#"{"id":null}"#, nil), (#"{"id":1,"id":1}"#, nil), (#"{"\u0069d":1,"id":1}"#, nil),
            (#"{"id":"a\"b"}"#, nil), (#"{"id":"é"}"#, nil), (#"[{"id":1}]"#, nil), (#"{"id":1}{}"#, nil),
            (#"{"id":1"#, nil), (#"{"id":"#, nil), ("", nil), ("{", nil), (#"{"a":"#, nil), (#"{"a":"\"#, nil),
            (#"{"id":"\#(String(repeating: "1", count: 65))"}"#, nil),
        ]
        for (message, expected) in messages { #expect(Self.id(message) == expected, "\(message)") }
    }

    /// Messages of many forms, changed in one byte at a time: where an id is found, the parser agrees for each plain id.
    @Test func theParserAgreesWhereverAnIDIsFound() {
        let messages = [
            #"{"jsonrpc":"2.0","id":1,"method":"m","params":{"id":[2,"]"],"a":"\\"}}"#,
            #"{"id":"a","jsonrpc":"2.0","params":[{"id":1}],"method":"\"id\":1"}"#,
        ]
        let changes = Array("\"\\{}[]:,0d 1i".utf8)
        for message in messages {
            for position in message.utf8.indices.indices {
                for change in changes {
                    var bytes = Array(message.utf8)
                    bytes[message.utf8.distance(from: message.startIndex, to: position)] = change
                    check(bytes)
                }
            }
        }
    }

    private func check(_ bytes: [UInt8]) {
        guard let range = MessageIDRange.range(in: bytes), let message = try? RPCMessage(parsing: bytes) else { return }
        for id in ["5", "\"z\""] {
            var other = bytes
            other.replaceSubrange(range, with: id.utf8)
            let text = String(decoding: bytes, as: UTF8.self)
            guard case .call(let call)? = message.entries.first,
                case .call(let otherCall)? = (try? RPCMessage(parsing: other))?.entries.first
            else {
                // What is no call has no result that could be sent again.
                continue
            }
            #expect(call.id?.text == Array(bytes[range]), "\(text)")
            #expect(otherCall.id?.text == Array(id.utf8), "\(text)")
            #expect(call.method == otherCall.method, "\(text)")
        }
    }
}
