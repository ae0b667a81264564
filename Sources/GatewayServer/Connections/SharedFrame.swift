internal import NIOCore

/// The frame that was sent last, which connections of one event loop share when they send the same message one after the other.
struct SharedFrame {
    private var content: AnyObject?
    private var id = ""
    private var bytes = ByteBuffer()

    /// The frame of a message.
    ///
    /// - Parameters:
    ///   - content: the content of the message; a reference to it is held.
    ///   - id: the id of the operation in the message.
    ///   - make: makes the frame.
    /// - Returns: the frame.
    mutating func bytes(of content: AnyObject, to id: String, make: () -> ByteBuffer) -> ByteBuffer {
        if self.content === content, self.id.utf8.elementsEqual(id.utf8) { return bytes }
        (self.content, self.id, bytes) = (content, id, make())
        return bytes
    }
}
