/// The id of a call, as its text stood in the message: it is echoed byte for byte.
package struct RPCID: Sendable, Hashable {
    package let text: [UInt8]

    package init(text: [UInt8]) {
        self.text = text
    }

    /// The id of responses to messages whose id cannot be read.
    package static let null = RPCID(text: Array("null".utf8))
}
