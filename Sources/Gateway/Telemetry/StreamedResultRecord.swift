/// One result of a subscription or of a live query.
package struct StreamedResultRecord: Sendable, Hashable {
    /// The protocol of the subscription.
    package let interface: RequestRecord.Interface
    /// The kind of the stream: `subscription`, or `live` for a live query.
    package let kind: String
    /// The length of the result in bytes.
    package let bytes: Int

    package init(interface: RequestRecord.Interface, kind: String, bytes: Int) {
        (self.interface, self.kind, self.bytes) = (interface, kind, bytes)
    }
}
