/// The id of a call as its text in the message, which the response repeats byte for byte.
package struct RPCID: Sendable, Hashable {
    /// The id's JSON text.
    package let text: [UInt8]

    package init(text: [UInt8]) {
        self.text = text
    }

    /// The id of responses to messages whose id cannot be read.
    package static let null = RPCID(text: Array("null".utf8))
}
