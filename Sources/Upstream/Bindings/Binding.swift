internal import GraphQL

/// How a bound field gets its value.
package struct Binding: Sendable {
    /// The value of the binding's kind.
    let kind: any BindingKind
    /// How old the responses of its calls may be.
    let policy: CachePolicy
    /// The name of the field's argument that chooses workspaces by slug, if it has one.
    let workspaceArgument: String?

    /// Whether the value is there without a call of the upstream, and stands for itself.
    package var isFree: Bool { kind.isFree }

    /// Whether nothing that is there is changed or deleted.
    package var onlyAdds: Bool { kind.onlyAdds }
}
