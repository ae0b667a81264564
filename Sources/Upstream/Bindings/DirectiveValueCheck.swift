internal import GraphQL

/// Finds arguments of binding directives whose values are not of the types that the directives declare.
///
/// The validation rules for type system documents do not cover these values, and a silently ignored value would change the meaning
/// of the schema.
struct DirectiveValueCheck {
    /// A value that cannot be used.
    struct Mistake {
        let message: String
        let range: SourceRange
    }

    private(set) var mistakes: [Mistake] = []

    /// Checks the directives of a schema, and of everything in it.
    mutating func check(_ schema: Schema) {
        check(schema.definitions.flatMap(\.directives))
        for type in schema.types {
            check(type.directives)
            for field in type.fields {
                check(field.directives)
                for argument in field.arguments { check(argument.directives) }
            }
            for field in type.inputFields { check(field.directives) }
            for value in type.values { check(value.directives) }
        }
    }

    private mutating func check(_ directives: [DirectiveNode]) {
        for node in directives {
            guard let directive = BindingDirective(rawValue: node.name.value), let types = Self.types[directive] else {
                continue
            }
            for argument in node.arguments {
                guard let type = types[argument.name.value] else { continue }
                let subject = "The argument \"\(argument.name.value)\" of @\(node.name.value)"
                if !Self.isValid(argument.value, for: type) {
                    report("\(subject) needs a value of type \"\(Self.text(of: type))\".", argument)
                } else if directive == .cacheControl, let problem = Self.problem(ofCacheControl: argument) {
                    report("\(subject) \(problem)", argument)
                }
            }
        }
    }

    private mutating func report(_ message: String, _ argument: ArgumentNode) {
        mistakes.append(Mistake(message: message, range: argument.value.range))
    }

    private static func problem(ofCacheControl argument: ArgumentNode) -> String? {
        switch argument.value {
        case .string(let node) where CachePolicy.Scope(rawValue: node.value) == nil:
            "must be \"KEY\" or \"WORKSPACE\"."
        case .int(let text, _) where text.hasPrefix("-"): "must not be negative."
        default: nil
        }
    }

    /// Whether a value is valid for a type; a single value is valid for a list too.
    ///
    /// https://spec.graphql.org/September2025/#sec-List.Input-Coercion
    private static func isValid(_ value: ValueNode, for type: TypeNode) -> Bool {
        switch (type, value) {
        case (.nonNull, .null): false
        case (.nonNull(let type, _), _): isValid(value, for: type)
        case (_, .null): true
        case (.list(let type, _), .list(let items, _)): items.allSatisfy { isValid($0, for: type) }
        case (.list(let type, _), _): isValid(value, for: type)
        case (.named(let name), .string): name.name.value == "String"
        case (.named(let name), .int(let text, _)): name.name.value == "Int" && Int32(text) != nil
        case (.named(let name), .boolean): name.name.value == "Boolean"
        case (.named, _): false
        }
    }

    private static func text(of type: TypeNode) -> String {
        switch type {
        case .named(let name): name.name.value
        case .list(let type, _): "[\(text(of: type))]"
        case .nonNull(let type, _): "\(text(of: type))!"
        }
    }

    private static let types: [BindingDirective: [String: TypeNode]] = {
        var types: [BindingDirective: [String: TypeNode]] = [:]
        for case .directive(let node) in BindingDirectives.document.definitions {
            guard let directive = BindingDirective(rawValue: node.name.value) else { continue }
            for argument in node.arguments { types[directive, default: [:]][argument.name.value] = argument.type }
        }
        return types
    }()
}
