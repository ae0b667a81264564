package import GraphQL
internal import JSON

/// A change of an object by any client.
package struct Change: Sendable, Equatable {
    /// The index of the workspace.
    package let workspace: Int
    /// The kind of change.
    package let kind: ObjectChange.Kind
    /// The type of the object.
    package let type: TypeID
    /// The object's key; nil: unknown objects of the type have changed.
    package let key: String?

    package static func == (left: Change, right: Change) -> Bool {
        left.kind == right.kind && left.isOfSameObject(as: right)
    }

    /// Whether another change is of the same object; keys are compared byte by byte.
    func isOfSameObject(as other: Change) -> Bool {
        workspace == other.workspace && type == other.type
            && key.map { ExactString($0) } == other.key.map { ExactString($0) }
    }

    /// Makes a change.
    package init(workspace: Int, kind: ObjectChange.Kind, type: TypeID, key: String?) {
        self.workspace = workspace
        self.kind = kind
        self.type = type
        self.key = key
    }
}
