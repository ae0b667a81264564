package import GraphQL

extension FieldDefinition {
    /// The upstream's name of the member that the field reads, unless a directive declares another source.
    var upstreamName: String {
        DirectiveArguments(.json, in: directives)?.string("name") ?? name.snakeCased
    }
}

extension InputValueDefinition {
    /// The upstream's name of an argument or input field.
    package var upstreamName: String {
        DirectiveArguments(.json, in: directives)?.string("name") ?? name.snakeCased
    }

    /// Whether the members of an input field's value are merged into the parent object.
    package var isParent: Bool { DirectiveArguments(.parent, in: directives) != nil }
}

extension EnumValueDefinition {
    /// The upstream's spelling of the value.
    var upstreamName: String {
        DirectiveArguments(.json, in: directives)?.string("name") ?? name.lowercased()
    }
}
