/// The representations of a key's name, shared by the copies of the key.
@usableFromInline
final class JSONKeyText: Sendable {
    /// The name.
    @usableFromInline let name: String
    /// The name in UTF-8.
    @usableFromInline let utf8: [UInt8]
    /// The name as a JSON string, quotes included.
    @usableFromInline let encoded: [UInt8]

    /// Writes the representations of a name.
    init(_ name: String) {
        self.name = name
        utf8 = Array(name.utf8)
        var buffer = OutputBuffer(minimumCapacity: utf8.count + 4)
        buffer.appendJSONString(name)
        encoded = buffer.array()
    }
}
