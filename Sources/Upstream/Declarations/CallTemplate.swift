package import GraphQL
package import JSON

/// A field's URI template with the field's arguments by their upstream names.
package struct CallTemplate: Sendable {
    package let template: URITemplate
    private let parameters: [String: Parameter]
    /// Values of variables that no argument gives one.
    private let defaults: [String: String]
    /// For each of the template's variables the member of the parent that it names; nil: it names none.
    private let parentKeys: [JSONKey?]

    /// An argument that a template's variable takes its value from.
    private struct Parameter: Sendable {
        let argument: String
        /// Upstream spellings of an enum's values, or of the fields that rows are sorted by; nil for others.
        var spellings: [String: String]?
        /// Whether a value is what rows are sorted by.
        var isSort = false

        /// A text as the upstream spells it.
        func spelling(of text: String) -> String {
            if let spelling = spellings?[text] { return spelling }
            // A sign says in which direction rows are sorted, where an upstream reads it.
            guard isSort, let sign = text.first, CallTemplate.sortSigns[sign] != nil,
                let spelling = spellings?[String(text.dropFirst())]
            else { return text }
            return "\(sign)\(spelling)"
        }
    }

    private static let parentPrefix = "parent."
    /// What may stand before the name of a member to sort by, and whether rows descend then.
    static let sortSigns: [Character: Bool] = ["-": true, "+": false]

    /// Joins a template and the arguments of its field.
    ///
    /// - Parameters:
    ///   - template: the template.
    ///   - field: the field whose arguments give variables their values.
    ///   - schema: the field's schema.
    ///   - defaults: values of variables that no argument gives one.
    ///   - sort: the variable that names a member of the rows, and their fields' names as the upstream spells them.
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
            let type = schema.namedType(of: argument.type)
            let spellings =
                type.kind == .enumeration
                ? Dictionary(type.values.map { ($0.name, $0.upstreamName) }, uniquingKeysWith: { first, _ in first })
                : nil
            parameters[argument.upstreamName] = Parameter(argument: argument.name, spellings: spellings)
        }
        if let sort {
            // The values of an enum have names of their own.
            if parameters[sort.variable]?.spellings == nil { parameters[sort.variable]?.spellings = sort.spellings }
            parameters[sort.variable]?.isSort = true
        }
        self.parameters = parameters
    }

    /// The variables that neither an argument nor a member of the parent can give a value to.
    var unknownVariables: [String] {
        zip(template.variables, parentKeys).filter { $1 == nil && parameters[$0] == nil }.map(\.0)
    }

    /// Whether the expansion is the same for all parents.
    package var isIndependentOfParent: Bool { parentKeys.allSatisfy { $0 == nil } }

    /// The members of the parent that the template names.
    var parentMembers: [JSONKey] { parentKeys.compactMap(\.self) }

    /// The argument that gives a variable its value.
    func argument(for variable: String) -> String? { parameters[variable]?.argument }

    /// The value that an argument gives a variable, as the upstream spells it.
    func value(of variable: String, _ arguments: JSONObject) -> String? {
        guard let parameter = parameters[variable], let value = arguments[parameter.argument] else { return nil }
        if case .string(let text) = value { return parameter.spelling(of: text) }
        return value.scalarText
    }

    /// Refuses arguments whose values have no place in a URL: without them the upstream would respond to something else.
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

    /// Expands the template; nil if a member of the parent that is part of it is null or missing, or if a value would
    /// lead to another path than the template's: an empty one, `.` or `..`.
    ///
    /// - Parameters:
    ///   - arguments: the field's coerced arguments.
    ///   - parent: the document of the parent.
    ///   - node: the parent's node.
    ///   - extra: values of further variables, which stand in where no argument gives one.
    /// - Returns: the path and query.
    package func expand(
        arguments: JSONObject,
        parent: SourceDocument,
        node: Int,
        extra: [ExtraValue] = []
    ) -> String? {
        expand(values(of: arguments), parent: parent, node: node, extra: extra)
    }

    /// The value of a variable that is no argument's.
    package typealias ExtraValue = (variable: String, value: String)

    /// The values that arguments give the variables, in the order of these: they are the same for all parents of a field.
    ///
    /// - Parameter arguments: the field's coerced arguments.
    /// - Returns: nil for variables without a value of an argument.
    func values(of arguments: JSONObject) -> [String?] {
        template.variables.map { value(of: $0, arguments) }
    }

    /// Expands the template for one of several parents, as `expand(arguments:parent:node:extra:)` does.
    // PERF: a list of objects has a call for each; a template has many variables for filters that are seldom given.
    func expand(_ values: [String?], parent: SourceDocument, node: Int, extra: [ExtraValue] = []) -> String? {
        var lacksParent = false
        let path = template.expand { name, position in
            if let key = parentKeys[position] {
                let text = parent.json.member(key, of: node).flatMap { parent.json.scalarText(of: $0) }
                if text == nil { lacksParent = true }
                return text
            }
            if let value = values[position] { return value }
            if let value = extra.first(where: { $0.variable == name })?.value { return value }
            return defaults.isEmpty ? nil : defaults[name]
        }
        return lacksParent || template.escapesPath(with: path) ? nil : path
    }
}
