internal import JSON

/// An object with members that could not be fetched, such as a summary row whose single object cannot be read.
///
/// The members are not null: a field that reads one of them fails, at its own path, and the rest of the object stays.
package struct IncompleteObject: Sendable {
    /// The document with the object.
    package let document: SourceDocument
    /// The index of the object's node.
    package let node: Int
    /// The members of the object itself whose values are unknown, or everything.
    package let members: [ReadMember]
    /// The reason why they are unknown.
    package let failure: FieldFailure

    /// Makes an incomplete object.
    package init(document: SourceDocument, node: Int, members: [ReadMember], failure: FieldFailure) {
        self.document = document
        self.node = node
        self.members = members
        self.failure = failure
    }

    /// Makes one for a null in a document whose value is unknown, such as an item of a list.
    package init(document: SourceDocument, nullNode: Int, failure: FieldFailure) {
        self.init(document: document, node: nullNode, members: [], failure: failure)
    }
}
