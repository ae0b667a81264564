internal import JSON

/// The values of `@defer` and `@stream`, for an operation's variables.
///
/// https://github.com/graphql/graphql-spec/pull/1110
package struct IncrementalDirectives: Sendable {
    private let variables: VariableValues

    /// Takes the coerced variables.
    package init(_ variables: VariableValues) {
        self.variables = variables
    }

    /// A deferred fragment.
    struct Deferral: Sendable {
        let label: String?
    }

    /// A streamed list.
    struct Streaming: Sendable {
        let label: String?
        let initialCount: Int
    }

    /// The deferral of a fragment with these directives; nil: it is not deferred.
    ///
    /// - Throws: a request error if a condition is null at run time.
    func deferral(_ directives: [DirectiveNode], in source: Source) throws(GraphQLError) -> Deferral? {
        guard let directive = directives.first(where: { $0.name.value == DirectiveNode.defer }),
            try isActive(directive, in: source)
        else { return nil }
        return Deferral(label: label(of: directive))
    }

    /// The streaming of a field with these directives; nil: it is not streamed.
    ///
    /// - Throws: a request error if a condition is null at run time.
    func streaming(_ directives: [DirectiveNode], in source: Source) throws(GraphQLError) -> Streaming? {
        guard let directive = directives.first(where: { $0.name.value == DirectiveNode.stream }),
            try isActive(directive, in: source)
        else { return nil }
        return Streaming(label: label(of: directive), initialCount: initialCount(of: directive))
    }

    private func isActive(_ directive: DirectiveNode, in source: Source) throws(GraphQLError) -> Bool {
        let argument = directive.argument("if")
        switch argument {
        case nil: return true
        case .boolean(let value, _)?: return value
        case .variable(let variable)?:
            switch variables[variable.name.value] {
            case nil: return true
            case .bool(let value)?: return value
            default: break
            }
        default: break
        }
        throw GraphQLError(
            #"Argument "if" of non-null type "Boolean!" must not be null."#,
            at: [argument?.range ?? directive.range],
            in: source
        )
    }

    private func label(of directive: DirectiveNode) -> String? {
        guard case .string(let text)? = directive.argument("label") else { return nil }
        return text.value
    }

    private func initialCount(of directive: DirectiveNode) -> Int {
        switch directive.argument("initialCount") {
        case .int(let text, _)?: Int(text) ?? 0
        case .variable(let variable)?: variables[variable.name.value]?.intValue ?? 0
        default: 0
        }
    }
}

extension DirectiveNode {
    /// The directive of deferred fragments.
    static let `defer` = "defer"
    /// The directive of streamed lists.
    static let stream = "stream"

    /// Whether it is `@defer` or `@stream`.
    var isIncremental: Bool { name.value == Self.defer || name.value == Self.stream }

    /// The value of an argument; nil: it is not given.
    func argument(_ name: String) -> ValueNode? {
        arguments.first { $0.name.value == name }?.value
    }
}
