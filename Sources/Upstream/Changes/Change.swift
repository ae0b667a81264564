package import GraphQL

/// A change of an object, whoever made it.
package struct Change: Sendable, Equatable {
    package let workspace: Int
    package let kind: ObjectChange.Kind
    package let type: TypeID
    /// The object's key; nil: some objects of the type have changed, and it is not known which.
    package let key: String?

    /// Puts a change together.
    package init(workspace: Int, kind: ObjectChange.Kind, type: TypeID, key: String?) {
        self.workspace = workspace
        self.kind = kind
        self.type = type
        self.key = key
    }
}
