internal import JSON

/// The values of the Boolean variables that an operation's `@skip` and `@include` use.
///
/// https://spec.graphql.org/September2025/#sec--skip and https://spec.graphql.org/September2025/#sec--include
package struct Conditions: Sendable, Hashable {
    private let values: [String: Bool]

    /// Takes the variables named from coerced values; a variable that is absent or null stays undecided.
    package init(_ names: [String], from variables: VariableValues) {
        var values: [String: Bool] = [:]
        for name in names {
            if case .bool(let value)? = variables[name] { values[name] = value }
        }
        self.values = values
    }

    /// Whether a selection with these directives is included.
    ///
    /// - Throws: a request error if a condition is null at run time.
    func includes(_ directives: [DirectiveNode], in source: Source) throws(GraphQLError) -> Bool {
        if directives.isEmpty { return true }
        for directive in directives where directive.name.value == "skip" {
            if try value(of: directive, in: source) { return false }
        }
        for directive in directives where directive.name.value == "include" {
            if try !value(of: directive, in: source) { return false }
        }
        return true
    }

    private func value(of directive: DirectiveNode, in source: Source) throws(GraphQLError) -> Bool {
        let argument = directive.arguments.first { $0.name.value == "if" }?.value
        switch argument {
        case .boolean(let value, _): return value
        case .variable(let variable):
            if let value = values[variable.name.value] { return value }
        default: break
        }
        throw GraphQLError(
            #"Argument "if" of non-null type "Boolean!" must not be null."#,
            at: [argument?.range ?? directive.range],
            in: source
        )
    }

    /// The names of the variables in conditions of the operation and of the fragments that it spreads, in document order.
    package static func variables(
        of operation: OperationDefinitionNode,
        fragments: [String: FragmentDefinitionNode]
    ) -> [String] {
        var search = ConditionSearch(fragments: fragments)
        search.visit(operation.selectionSet)
        return search.names
    }
}

private struct ConditionSearch {
    let fragments: [String: FragmentDefinitionNode]
    private(set) var names: [String] = []
    private var knownNames: Set<String> = []
    private var visited: Set<String> = []

    init(fragments: [String: FragmentDefinitionNode]) {
        self.fragments = fragments
    }

    mutating func visit(_ selectionSet: SelectionSetNode) {
        for selection in selectionSet.selections {
            switch selection {
            case .field(let field):
                note(field.directives)
                if let inner = field.selectionSet { visit(inner) }
            case .inlineFragment(let fragment):
                note(fragment.directives)
                visit(fragment.selectionSet)
            case .fragmentSpread(let spread):
                note(spread.directives)
                if visited.insert(spread.name.value).inserted, let fragment = fragments[spread.name.value] {
                    visit(fragment.selectionSet)
                }
            }
        }
    }

    private mutating func note(_ directives: [DirectiveNode]) {
        for directive in directives where directive.name.value == "skip" || directive.name.value == "include" {
            for argument in directive.arguments {
                if case .variable(let variable) = argument.value, knownNames.insert(variable.name.value).inserted {
                    names.append(variable.name.value)
                }
            }
        }
    }
}
