package import GraphQL
package import JSON

/// The methods that a schema declares with `@rpc(method:)`.
package struct MethodTable: Sendable {
    /// The methods of queries and mutations, in the schema's order.
    package let methods: [RPCMethod]
    /// The built-in method that executes any operation.
    package static let execute = "graphql.execute"
    /// The built-in method that reports the budgets of the caller's keys.
    package static let quota = "quota.report"
    /// The built-in method of connections that names their caller.
    package static let authenticate = "auth"
    /// The names that no field's method can have, besides those that begin with `rpc.`.
    static let ownNames = [execute, quota, authenticate]
    /// The methods that begin subscriptions, in the schema's order.
    package let subscriptions: [SubscriptionMethod]
    /// The schema with its field sources.
    package let executable: ExecutableSchema
    private let positions: [ExactString: Int]
    /// Whether clients may discover methods: then error messages list parameters.
    package let isDescribed: Bool
    private let texts: OperationTexts
    /// The default selections of calls without `select`.
    var ownFields: OwnFields { texts.selections }

    /// Collects the methods of a schema.
    ///
    /// - Parameters:
    ///   - executable: the schema.
    ///   - isDescribed: whether clients may discover methods.
    ///   - isFree: whether a binding's value takes no upstream call.
    package init(
        _ executable: ExecutableSchema,
        isDescribed: Bool = true,
        isFree: @escaping @Sendable (BindingID) -> Bool
    ) {
        self.executable = executable
        self.isDescribed = isDescribed
        let texts = OperationTexts(selections: OwnFields(executable: executable, isFree: isFree))
        self.texts = texts
        var methods: [RPCMethod] = []
        for operation in [OperationType.query, .mutation] {
            for field in executable.schema.rootType(of: operation)?.fields.map(\.self) ?? [] {
                guard let name = Self.method(of: field) else { continue }
                let text = texts.text(of: field, operation, selection: texts.ownSelection(of: field))
                methods.append(RPCMethod(name: name, field: field, operation: operation, operationText: text))
            }
        }
        self.methods = methods
        subscriptions = (executable.schema.rootType(of: .subscription)?.fields.map(\.self) ?? []).compactMap { field in
            guard let names = SubscriptionMethod.names(of: field) else { return nil }
            let text = texts.text(of: field, .subscription, selection: texts.eventSelection(of: field))
            return SubscriptionMethod(
                method: RPCMethod(name: names.method, field: field, operation: .subscription, operationText: text),
                unsubscribe: names.unsubscribe,
                notification: names.notification
            )
        }
        positions = Dictionary(
            methods.enumerated().map { (ExactString($1.name), $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The name of the method that a field declares; nil: it declares none.
    static func method(of field: FieldDefinition) -> String? {
        guard let directive = field.rpcDirective,
            case .string(let name)? = directive.arguments.first(where: { $0.name.value == "method" })?.value
        else { return nil }
        return name.value
    }

    /// The method with a name.
    package subscript(name: String) -> RPCMethod? { positions[ExactString(name)].map { methods[$0] } }

    /// The method with a name that begins a subscription.
    package func subscription(named name: String) -> SubscriptionMethod? {
        subscriptions.first { $0.method.name.utf8.elementsEqual(name.utf8) }
    }

    /// Whether a method with a name ends a subscription.
    package func endsSubscriptions(_ name: String) -> Bool { !subscriptions(endedBy: name).isEmpty }

    /// The methods that begin the subscriptions which a method with a name ends.
    package func subscriptions(endedBy name: String) -> [SubscriptionMethod] {
        subscriptions.filter { $0.unsubscribe.utf8.elementsEqual(name.utf8) }
    }

    /// The operation and the variables of a call, given its parameters.
    ///
    /// - Throws: the error of parameters that are not valid.
    package func operation(
        of method: RPCMethod,
        params: RPCParams
    ) throws(RPCError) -> (text: String, variables: JSONObject, isSelected: Bool) {
        var variables = try named(params, of: method)
        guard let select = variables.removeValue(forKey: RPCMethod.select), !select.isNull else {
            return (method.operationText, variables, false)
        }
        let selection = try texts.selection(select, of: method.field)
        return (texts.text(of: method.field, method.operation, selection: selection), variables, true)
    }

    /// The operation that selects one root field with its default selection; all arguments are variables.
    package func operationText(of field: FieldDefinition, _ operation: OperationType) -> String {
        texts.text(of: field, operation, selection: texts.ownSelection(of: field))
    }

    /// The parameters by name; positional ones are in the order of the field's arguments, with `select` after them.
    private func named(_ params: RPCParams, of method: RPCMethod) throws(RPCError) -> JSONObject {
        var names = method.field.arguments.names
        if executable.schema.namedType(of: method.field.type).isComposite { names.append(RPCMethod.select) }
        switch params {
        case .byName(let members):
            if let unknown = members.keys.first(where: { key in !names.contains { $0.utf8.elementsEqual(key.utf8) } }) {
                throw .invalidParams(
                    "There is no parameter \"\(unknown)\"\(isDescribed ? "; \(method.name) takes \(list(names))" : "")."
                )
            }
            return members
        case .byPosition(let values):
            guard values.count <= names.count else {
                let most =
                    isDescribed
                    ? "\(method.name) takes \(names.count) parameters at most: \(list(names))"
                    : "There are too many parameters"
                throw .invalidParams("\(most).")
            }
            return JSONObject(zip(names, values))
        }
    }

    private func list(_ names: [String]) -> String {
        names.isEmpty ? "none" : names.map { "\"\($0)\"" }.joined(separator: ", ")
    }
}
