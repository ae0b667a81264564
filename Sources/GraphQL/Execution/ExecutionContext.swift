internal import JSON

/// The constant input of an execution: the plan, and the values that depend on variables.
// PERF: one reference in each copy of an execution, instead of a dozen.
package final class ExecutionContext: Sendable {
    let plan: Plan
    /// The aliases of the response; nil: those of the plan.
    let renaming: AliasRenaming?
    /// The most rows of fields above bound ones.
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

    /// The coerced arguments of a field, or the error of their coercion.
    func argumentValues(of id: PlanFieldID) -> Result<JSONObject, GraphQLError> {
        switch plan[id].arguments {
        case .constant(let values): .success(values)
        case .invalid(let error): .failure(error)
        case .variable: arguments[id] ?? .success(JSONObject())
        }
    }

    /// The plan's steps with the values of variables and the response keys.
    var steps: PlanSteps {
        var steps = plan.steps
        if !arguments.isEmpty { steps.resolve(arguments, in: plan) }
        if renaming != nil { steps.encodeKeys(plan.fields.lazy.map(responseKey)) }
        return steps
    }

    /// The key of a field in the response.
    func responseKey(of field: PlanField) -> String { renaming?.key(field.responseKey) ?? field.responseKey }

    /// The key of the parent's member with a field's value; nil: there is none.
    func memberKey(of field: PlanField, _ id: PlanFieldID) -> JSONKey? {
        if case .member(let key) = field.source { return key }
        switch argumentValues(of: id) {
        case .success(let values): return field.source.member(values)
        case .failure: return field.source.member(JSONObject())
        }
    }
}
