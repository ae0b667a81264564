package import JSON

/// An object that lacks members whose values could not be had, such as a summary row whose object cannot be read.
///
/// The members are not null: a field that reads one of them fails, at its own path, and the rest of the object stays.
package struct IncompleteObject: Sendable {
    /// The document that the object lies in.
    package let document: SourceDocument
    /// The object's node.
    package let node: Int
    /// The members whose values are unknown.
    package let members: [JSONKey]
    /// Why they are unknown.
    package let failure: FieldFailure

    /// Notes why members of an object are unknown.
    package init(document: SourceDocument, node: Int, members: [JSONKey], failure: FieldFailure) {
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

/// The incomplete objects of one execution, by where they lie.
///
/// It is asked only where a member is absent, and nearly always empty: complete objects pay nothing for it.
struct IncompleteObjects: Sendable {
    private var objects: [ValueReference: [(members: [JSONKey], failure: FieldFailure)]] = [:]

    /// Whether every object is complete.
    var isEmpty: Bool { objects.isEmpty }

    /// Why a member that an object lacks is unknown; nil: it is null.
    func failure(ofMember member: JSONKey, of object: ValueReference) -> FieldFailure? {
        objects[object]?.first { $0.members.contains(member) }?.failure
    }

    /// Why there is nothing where a document has null; nil: it is null.
    func failure(ofNull value: ValueReference) -> FieldFailure? {
        objects[value]?.first { $0.members.isEmpty }?.failure
    }

    /// Adds the incomplete objects of a resolution, whose documents begin at an index of the execution's table.
    mutating func add(_ incomplete: [IncompleteObject], in documents: [SourceDocument], from first: Int) {
        for object in incomplete {
            for index in first..<documents.count where documents[index] === object.document {
                let reference = ValueReference(document: index, node: object.node)
                objects[reference, default: []].append((object.members, object.failure))
            }
        }
    }
}
