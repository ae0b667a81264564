package import GraphQL

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

    /// Makes a change.
    package init(workspace: Int, kind: ObjectChange.Kind, type: TypeID, key: String?) {
        self.workspace = workspace
        self.kind = kind
        self.type = type
        self.key = key
    }
}
