internal import NIOCore

/// The bytes of the message that was sent last: connections of one event loop that are sent the same one after the other share them.
struct SharedFrame {
    private var content: AnyObject?
    private var id = ""
    private var bytes = ByteBuffer()

    /// The bytes of a message.
    ///
    /// - Parameters:
    ///   - content: what it has, which is held on to.
    ///   - id: what it is to be called.
    ///   - make: makes the bytes.
    /// - Returns: the bytes.
    mutating func bytes(of content: AnyObject, to id: String, make: () -> ByteBuffer) -> ByteBuffer {
        if self.content === content, self.id.utf8.elementsEqual(id.utf8) { return bytes }
        (self.content, self.id, bytes) = (content, id, make())
        return bytes
    }
}
