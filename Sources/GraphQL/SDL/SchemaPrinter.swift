/// Writes a schema as text in the schema definition language, laid out as graphql-js's `printSchema` does.
package struct SchemaPrinter {
    /// The part of a schema that is printed.
    package enum Style: Sendable {
        /// The schema as clients see it: of all applied directives, those of the specification.
        case client
        /// Everything that the schema was built from, including applied directives and the prelude's definitions.
        case bound
    }

    let schema: Schema
    let style: Style

    /// Prints a schema; there is no line feed at the end.
    package static func text(of schema: Schema, style: Style = .client) -> String {
        SchemaPrinter(schema: schema, style: style).definitions.joined(separator: "\n\n")
    }

    private var definitions: [String] {
        let directives = schema.directives.filter { !BuiltInDirectives.names.contains($0.name) }
        var types = schema.visibleTypes
        var texts = schemaDefinition.map { [$0] } ?? []
        texts += directives.map(text)
        if style == .bound {
            texts += schema.preludeDirectives.map(text)
            let visible = Set(types)
            types += schema.types.map(\.id).filter { !visible.contains($0) }
        }
        texts += types.filter { Int($0.index) >= BuiltInTypes.all.count }.map { text(of: schema[$0]) }
        return texts
    }

    /// The schema's own definition; nil if it states nothing beyond the defaults.
    private var schemaDefinition: String? {
        let roots = OperationType.allCases.compactMap { operation in
            schema.rootType(of: operation).map { (operation: operation, type: $0) }
        }
        let applied = applied(schema.definitions.flatMap(\.directives))
        let isImplied = roots.allSatisfy { $0.type.name == $0.operation.defaultTypeName }
        if schema.description == nil, applied.isEmpty, isImplied { return nil }
        let lines = roots.map { "  \($0.operation.rawValue): \($0.type.name)" }.joined(separator: "\n")
        return "\(description(schema.description))schema\(applied) {\n\(lines)\n}"
    }

    private func text(of directive: DirectiveDefinition) -> String {
        let locations = directive.locations.map(\.rawValue).joined(separator: " | ")
        return description(directive.description) + "directive @\(directive.name)"
            + text(of: directive.arguments, indentation: "")
            + (directive.isRepeatable ? " repeatable" : "") + " on \(locations)"
    }

    private func text(of type: NamedType) -> String {
        let head = "\(description(type.description))\(type.kind.keyword) \(type.name)"
        let applied = style == .bound ? applied(type.directives) : specifiedDirectives(of: type)
        switch type.kind {
        case .scalar:
            return head + applied
        case .object, .interface:
            return head + names(type.interfaces, after: " implements ", separator: " & ") + applied + fields(of: type)
        case .union:
            return head + applied + names(type.memberTypes, after: " = ", separator: " | ")
        case .enumeration:
            return head + applied + values(of: type)
        case .inputObject:
            return head + applied + inputFields(of: type)
        }
    }

    private func names(_ types: [TypeID], after prefix: String, separator: String) -> String {
        types.isEmpty ? "" : prefix + types.map { schema[$0].name }.joined(separator: separator)
    }
}

extension OperationType {
    /// The default name of the root type.
    ///
    /// https://spec.graphql.org/September2025/#sec-Root-Operation-Types.Default-Root-Operation-Type-Names
    package var defaultTypeName: String {
        switch self {
        case .query: "Query"
        case .mutation: "Mutation"
        case .subscription: "Subscription"
        }
    }
}
