/// One result of a subscription or of a query that is followed.
package struct StreamedResultRecord: Sendable, Hashable {
    /// By what protocol it was asked for.
    package let interface: RequestRecord.Interface
    /// `subscription`, or `live` for a query that is followed.
    package let kind: String
    /// Its length.
    package let bytes: Int

    package init(interface: RequestRecord.Interface, kind: String, bytes: Int) {
        (self.interface, self.kind, self.bytes) = (interface, kind, bytes)
    }
}
