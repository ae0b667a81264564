package import GraphQL
package import JSON

/// A field's URI template with the field's arguments, by their upstream names.
package struct CallTemplate: Sendable {
    /// The template with its variables.
    package let template: URITemplate
    private let parameters: [String: Parameter]
    /// The values of variables that no argument provides.
    private let defaults: [String: String]
    /// The member of the parent for each of the template's variables; nil: the variable is none of the parent.
    private let parentKeys: [JSONKey?]

    /// An argument that provides the value of a template's variable.
    private struct Parameter: Sendable {
        let argument: String
        /// The upstream spellings of an enum's values, or of the fields to sort by; nil: values are sent unchanged.
        var spellings: [String: String]?
        /// Whether the value is the member to sort by.
        var isSort = false

        /// The upstream's spelling of a text.
        func spelling(of text: String) -> String {
            if let spelling = spellings?[text] { return spelling }
            // A sign states the direction of the sort, for upstreams that read it there.
            guard isSort, let sign = text.first, CallTemplate.sortSigns[sign] != nil,
                let spelling = spellings?[String(text.dropFirst())]
            else { return text }
            return "\(sign)\(spelling)"
        }
    }

    private static let parentPrefix = "parent."
    /// The signs before the name of a member to sort by, and whether they mean a descending order.
    static let sortSigns: [Character: Bool] = ["-": true, "+": false]

    /// Combines a template with the arguments of its field.
    ///
    /// - Parameters:
    ///   - template: the template.
    ///   - field: the field whose arguments give variables their values.
    ///   - schema: the field's schema.
    ///   - defaults: values of variables that no argument provides.
    ///   - sort: the variable for the member to sort by, and the upstream's spelling of each field's name.
    init(
        _ template: URITemplate,
        field: FieldDefinition,
        schema: Schema,
        defaults: [String: String] = [:],
        sort: (variable: String, spellings: [String: String])? = nil
    ) {
        self.template = template
        self.defaults = defaults
        parentKeys = template.variables.map { name in
            name.hasPrefix(Self.parentPrefix) ? JSONKey(String(name.dropFirst(Self.parentPrefix.count))) : nil
        }
        var parameters: [String: Parameter] = [:]
        for argument in field.arguments {
            let spellings = schema.namedType(of: argument.type).upstreamSpellings
            parameters[argument.upstreamName] = Parameter(argument: argument.name, spellings: spellings)
        }
        if let sort {
            // The values of an enum have names of their own.
            if parameters[sort.variable]?.spellings == nil { parameters[sort.variable]?.spellings = sort.spellings }
            parameters[sort.variable]?.isSort = true
        }
        self.parameters = parameters
    }

    /// The variables whose value neither an argument nor a member of the parent can provide.
    var unknownVariables: [String] {
        zip(template.variables, parentKeys).filter { $1 == nil && parameters[$0] == nil }.map(\.0)
    }

    /// Whether the expansion is the same for all parents.
    package var isIndependentOfParent: Bool { parentKeys.allSatisfy { $0 == nil } }

    /// The members of the parent that the template uses.
    var parentMembers: [JSONKey] { parentKeys.compactMap(\.self) }

    /// The argument that provides the value of a variable.
    func argument(for variable: String) -> String? { parameters[variable]?.argument }

    /// The text that an argument provides for a variable, in the upstream's spelling; nil: there is none, or it is a list.
    func text(of variable: String, _ arguments: JSONObject) -> String? {
        guard case .text(let text)? = value(of: variable, arguments) else { return nil }
        return text
    }

    /// The value that an argument provides for a variable, in the upstream's spelling; nil: there is none, or it is a list without items.
    private func value(of variable: String, _ arguments: JSONObject) -> URITemplate.Value? {
        guard let parameter = parameters[variable], let value = arguments[parameter.argument] else { return nil }
        guard case .array(let items) = value else {
            return value.scalarText.map { .text(parameter.spelling(of: $0)) }
        }
        let texts = items.flatMap(\.scalarTexts).map { parameter.spelling(of: $0) }
        return texts.isEmpty ? nil : .list(texts)
    }

    /// Rejects arguments whose values cannot be part of a URL: without them the upstream would respond to another request.
    ///
    /// - Parameter arguments: the field's coerced arguments.
    /// - Throws: a failure with the code `BAD_USER_INPUT` that names the argument.
    func checkValues(_ arguments: JSONObject) throws(FieldFailure) {
        func hasObject(_ value: JSONValue) -> Bool {
            switch value {
            case .object: true
            case .array(let items): items.contains { hasObject($0) }
            case .null, .bool, .number, .string: false
            }
        }
        for variable in template.variables {
            guard let name = argument(for: variable), let value = arguments[name], hasObject(value) else { continue }
            throw FieldFailure(
                .badUserInput,
                "The argument `\(name)` must be a scalar or a list of scalars: an object has no place in a URL."
            )
        }
    }

    /// Expands the template; nil if a member of the parent in it is null or missing, or if a value would change the path (an empty one,
    /// `.` or `..`).
    ///
    /// - Parameters:
    ///   - arguments: the field's coerced arguments.
    ///   - parent: the document of the parent.
    ///   - node: the parent's node.
    ///   - extra: values of further variables, used where no argument provides one.
    /// - Returns: the path and query.
    package func expand(
        arguments: JSONObject,
        parent: SourceDocument,
        node: Int,
        extra: [ExtraValue] = []
    ) -> String? {
        expand(values(of: arguments), parent: parent, node: node, extra: extra)
    }

    /// A value of a variable that no argument provides.
    package typealias ExtraValue = (variable: String, value: String)

    /// The values that arguments provide for the variables, in their order: equal for all parents of a field.
    ///
    /// - Parameter arguments: the field's coerced arguments.
    /// - Returns: the values; nil for a variable without an argument.
    func values(of arguments: JSONObject) -> [URITemplate.Value?] {
        template.variables.map { value(of: $0, arguments) }
    }

    /// Expands the template for one of several parents, as `expand(arguments:parent:node:extra:)` does.
    // PERF: a list of objects has a call for each; a template has many variables for filters that are seldom used.
    func expand(
        _ values: [URITemplate.Value?],
        parent: SourceDocument,
        node: Int,
        extra: [ExtraValue] = []
    ) -> String? {
        var lacksParent = false
        let path = template.expand { name, position -> URITemplate.Value? in
            if let key = parentKeys[position] {
                let text = parent.json.member(key, of: node).flatMap { parent.json.scalarText(of: $0) }
                if text == nil { lacksParent = true }
                return text.map { .text($0) }
            }
            if let value = values[position] { return value }
            if let value = extra.first(where: { $0.variable == name })?.value { return .text(value) }
            return defaults.isEmpty ? nil : defaults[name].map { .text($0) }
        }
        return lacksParent || template.escapesPath(with: path) ? nil : path
    }
}

extension JSONValue {
    /// The texts of a scalar, or of a list's items at any depth.
    fileprivate var scalarTexts: [String] {
        if case .array(let items) = self { return items.flatMap(\.scalarTexts) }
        return scalarText.map { [$0] } ?? []
    }
}
