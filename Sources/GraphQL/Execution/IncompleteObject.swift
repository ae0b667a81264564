internal import JSON

/// An object that lacks members whose values could not be had, such as a summary row whose object cannot be read.
///
/// The members are not null: a field that reads one of them fails, at its own path, and the rest of the object stays.
package struct IncompleteObject: Sendable {
    /// The document that the object lies in.
    package let document: SourceDocument
    /// The object's node.
    package let node: Int
    /// The members of the object itself whose values are unknown, or everything.
    package let members: [ReadMember]
    /// Why they are unknown.
    package let failure: FieldFailure

    /// Notes why members of an object are unknown.
    package init(document: SourceDocument, node: Int, members: [ReadMember], failure: FieldFailure) {
        self.document = document
        self.node = node
        self.members = members
        self.failure = failure
    }

    /// Notes why there is nothing where a document has null, such as an item of a list.
    package init(document: SourceDocument, nullNode: Int, failure: FieldFailure) {
        self.init(document: document, node: nullNode, members: [], failure: failure)
    }
}
