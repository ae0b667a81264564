internal import GraphQL

/// `@rest`: the field's value comes from a call of the upstream.
enum RestDirective: ValueSource {
    /// The purpose of the call, named by the argument that has the template.
    enum Method: Hashable {
        case get
        case list
        case write(WriteMethod)

        /// The method that an argument of the directive names; nil: it names none.
        init?(argument: String) {
            switch argument {
            case "get": self = .get
            case "list": self = .list
            default:
                guard let write = WriteMethod.allCases.first(where: { $0.argument == argument }) else { return nil }
                self = .write(write)
            }
        }

        /// The arguments that only other methods have.
        var misplacedArguments: [String] {
            switch self {
            case .get, .list: ["body"]
            case .write: ["by", "equals"]
            }
        }
    }

    static func read(_ arguments: DirectiveArguments, of field: DeclaredField, _ reader: inout BindingReader) {
        let methods = arguments.names.compactMap { name in Method(argument: name).map { (name: name, method: $0) } }
        guard methods.count == 1, let (name, method) = methods.first else {
            reader.report("@rest of \(field.subject) needs exactly one method.", arguments.range)
            return
        }
        let text = arguments.string(name) ?? ""
        let isList = method == .list
        let canonical = isList ? reader.families.canonical(text) : text
        guard let template = reader.template(canonical, at: arguments.range) else { return }
        let call = CallTemplate(
            template,
            field: field.definition,
            schema: reader.schema,
            defaults: isList ? reader.families.defaults : [:],
            sort: isList ? reader.sort(of: field.definition) : nil
        )
        check(call, arguments, of: field, &reader)
        for other in method.misplacedArguments where arguments.names.contains(other) {
            reader.report("@rest(\(name):) of \(field.subject) has no use for `\(other)`.", arguments.range)
        }
        switch method {
        case .get: ObjectBinding.read(call, of: field, &reader)
        case .list: CollectionBinding.read(call, arguments, of: field, &reader)
        case .write(let write): reader.readWrite(write, call, arguments, field)
        }
    }

    /// Reports variables of the template that have no valid source.
    private static func check(
        _ call: CallTemplate,
        _ arguments: DirectiveArguments,
        of field: DeclaredField,
        _ reader: inout BindingReader
    ) {
        let text = call.template.text
        let by = arguments.string("by")
        for variable in call.unknownVariables where variable != by {
            reader.report(
                "The template \"\(text)\" of \(field.subject) names \"\(variable)\", which is no argument's upstream name.",
                arguments.range
            )
        }
        for variable in call.template.variables {
            guard let name = call.argument(for: variable), let argument = field.definition.arguments[name],
                case let type = reader.schema.namedType(of: argument.type), type.kind == .inputObject
            else { continue }
            reader.report(
                "The template \"\(text)\" of \(field.subject) names \"\(variable)\", an argument of the input type \"\(type.name)\": "
                    + "an object has no place in a URL; give each of its fields an argument of its own.",
                arguments.range
            )
        }
        var first: [String: String] = [:]
        for argument in field.definition.arguments where call.template.variables.contains(argument.upstreamName) {
            if let other = first[argument.upstreamName] {
                let names = "\"\(other)\" and \"\(argument.name)\""
                reader.report(
                    "The arguments \(names) of \(field.subject) are both \"\(argument.upstreamName)\" upstream.",
                    arguments.range
                )
            }
            first[argument.upstreamName] = argument.name
        }
        if reader.isRoot(field.parent.id), !call.parentMembers.isEmpty {
            reader.report(
                "The template \"\(text)\" of \(field.subject) names a parent, which root fields do not have.",
                arguments.range
            )
        }
    }
}
