package import GraphQL

extension FieldDefinition {
    /// The upstream's name of the member that the field reads, if no directive says that it reads something else.
    var upstreamName: String {
        DirectiveArguments(.json, in: directives)?.string("name") ?? name.snakeCased
    }
}

extension InputValueDefinition {
    /// The upstream's name of an argument or input field.
    package var upstreamName: String {
        DirectiveArguments(.json, in: directives)?.string("name") ?? name.snakeCased
    }

    /// Whether the members of an input field's value are its parent's own.
    package var isParent: Bool { DirectiveArguments(.parent, in: directives) != nil }
}

extension EnumValueDefinition {
    /// How the value is spelt upstream.
    var upstreamName: String {
        DirectiveArguments(.json, in: directives)?.string("name") ?? name.lowercased()
    }
}
