internal import GraphQL
internal import JSON

/// A bound field with all that its cost depends on.
struct BoundField {
    let id: PlanFieldID
    let binding: BindingID
    let arguments: JSONObject
    let parents: EstimatedRows
    let slot: Int
}
