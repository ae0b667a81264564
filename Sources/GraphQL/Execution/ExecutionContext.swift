internal import JSON

/// What an execution is given, which stays the same while it goes on: the plan, and what the variables decide.
// PERF: one reference in each copy of an execution, in place of a dozen.
package final class ExecutionContext: Sendable {
    let plan: Plan
    /// The aliases that the response has in place of the plan's; nil: it has those of the plan.
    let renaming: AliasRenaming?
    /// The most objects of fields that lead to bound ones.
    let maximumRows: Int
    /// Arguments of fields that use variables, by field.
    private let arguments: [PlanFieldID: Result<JSONObject, GraphQLError>]

    /// Coerces the arguments of all fields.
    init(plan: Plan, variables: VariableValues, maximumRows: Int, renaming: AliasRenaming?) {
        self.plan = plan
        self.maximumRows = maximumRows
        self.renaming = renaming
        var arguments: [PlanFieldID: Result<JSONObject, GraphQLError>] = [:]
        for id in plan.fieldsWithVariables {
            let field = plan[id]
            guard case .variable(let nodes) = field.arguments, let first = field.nodes.first else { continue }
            arguments[id] = coerceArgumentValues(
                field.definition.arguments,
                arguments: nodes,
                on: first.range,
                variables: variables,
                schema: plan.executable.schema,
                source: plan.source
            )
        }
        self.arguments = arguments
    }

    /// The coerced arguments of a field, or why they cannot be coerced.
    func argumentValues(of id: PlanFieldID) -> Result<JSONObject, GraphQLError> {
        switch plan[id].arguments {
        case .constant(let values): .success(values)
        case .invalid(let error): .failure(error)
        case .variable: arguments[id] ?? .success(JSONObject())
        }
    }

    /// The plan's steps, with what the variables decide, and with the keys of the response.
    var steps: PlanSteps {
        var steps = plan.steps
        if !arguments.isEmpty { steps.resolve(arguments, in: plan) }
        if renaming != nil { steps.encodeKeys(plan.fields.lazy.map(responseKey)) }
        return steps
    }

    /// The key of a field in the response.
    func responseKey(of field: PlanField) -> String { renaming?.key(field.responseKey) ?? field.responseKey }

    /// The name of the member that holds a field's value.
    func memberKey(of field: PlanField, _ id: PlanFieldID) -> JSONKey? {
        if case .member(let key) = field.source { return key }
        switch argumentValues(of: id) {
        case .success(let values): return field.source.member(values)
        case .failure: return field.source.member(JSONObject())
        }
    }
}
