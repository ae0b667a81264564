internal import GraphQL

/// The declaration of how a bound field gets its value.
package struct Binding: Sendable {
    /// The value of the binding's kind.
    let kind: any BindingKind
    /// The ages up to which cached responses to its calls may be used.
    let policy: CachePolicy
    /// The name of the field's argument that chooses workspaces by slug; nil: it has none.
    let workspaceArgument: String?

    /// Whether the value takes no upstream call and does not refer to an object of the upstream.
    package var isFree: Bool { kind.isFree }

    /// Whether executing the field neither changes nor deletes an existing object.
    package var onlyAdds: Bool { kind.onlyAdds }
}
