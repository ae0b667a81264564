internal import GraphQL
internal import JSON

/// A bound field with everything on which its cost depends.
struct BoundField {
    let id: PlanFieldID
    let binding: BindingID
    let arguments: JSONObject
    let parents: EstimatedRows
    let slot: Int
}
