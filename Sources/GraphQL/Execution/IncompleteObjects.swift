internal import JSON

/// The incomplete objects of one execution, by their positions.
///
/// It is only read when a member is absent, and nearly always empty, so that complete objects cost nothing.
struct IncompleteObjects: Sendable {
    private var objects: [ValueReference: [(members: [ReadMember], failure: FieldFailure)]] = [:]

    /// Whether every object is complete.
    var isEmpty: Bool { objects.isEmpty }

    /// The reason why an absent member of an object is unknown; nil: it is null.
    func failure(ofMember member: ReadMember, of object: ValueReference) -> FieldFailure? {
        objects[object]?.first { $0.members.contains(member) }?.failure
    }

    /// The reason why a null in a document is unknown; nil: it is null.
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
