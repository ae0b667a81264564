internal import GraphQL

/// The arguments of one applied directive; omitted ones have the defaults of the directive's definition.
struct DirectiveArguments {
    private let given: [ArgumentNode]
    private let defaults: [String: ValueNode]
    /// The position of the directive in the schema's source.
    let range: SourceRange

    /// Reads the first of the applied directives with a name; nil if there is none.
    init?(_ directive: BindingDirective, in directives: [DirectiveNode]) {
        guard let node = directives.first(where: { $0.name.value == directive.rawValue }) else { return nil }
        self.init(of: node, directive)
    }

    private init(of node: DirectiveNode, _ directive: BindingDirective) {
        given = node.arguments
        range = node.range
        defaults = directive.defaults
    }

    /// Reads all applied directives with a name, for directives that may be repeated.
    static func all(_ directive: BindingDirective, in directives: [DirectiveNode]) -> [DirectiveArguments] {
        directives.filter { $0.name.value == directive.rawValue }.map { DirectiveArguments(of: $0, directive) }
    }

    /// Makes the arguments of the directive without any, which are all defaults.
    init(defaultsOf directive: BindingDirective) {
        given = []
        range = SourceRange(start: 0, end: 0)
        defaults = directive.defaults
    }

    private func value(_ name: String) -> ValueNode? {
        given.first { $0.name.value == name }?.value ?? defaults[name]
    }

    /// A string argument.
    func string(_ name: String) -> String? {
        if case .string(let node)? = value(name) { node.value } else { nil }
    }

    /// An argument that is a list of strings.
    func strings(_ name: String) -> [String] {
        switch value(name) {
        case .list(let items, _)?: items.compactMap { if case .string(let node) = $0 { node.value } else { nil } }
        // https://spec.graphql.org/September2025/#sec-List.Input-Coercion
        case .string(let node)?: [node.value]
        case .variable?, .int?, .float?, .boolean?, .null?, .enumeration?, .object?, nil: []
        }
    }

    /// An integer argument.
    func integer(_ name: String) -> Int? {
        if case .int(let text, _)? = value(name) { Int(text) } else { nil }
    }

    /// The names of the arguments that are given and are not null.
    var names: [String] {
        given.compactMap { if case .null = $0.value { nil } else { $0.name.value } }
    }
}

extension BindingDirective {
    /// The defaults of the directive's arguments.
    fileprivate var defaults: [String: ValueNode] { Self.allDefaults[self] ?? [:] }

    private static let allDefaults: [BindingDirective: [String: ValueNode]] = {
        var defaults: [BindingDirective: [String: ValueNode]] = [:]
        for case .directive(let node) in BindingDirectives.document.definitions {
            guard let directive = BindingDirective(rawValue: node.name.value) else { continue }
            for argument in node.arguments {
                defaults[directive, default: [:]][argument.name.value] = argument.defaultValue
            }
        }
        return defaults
    }()
}
