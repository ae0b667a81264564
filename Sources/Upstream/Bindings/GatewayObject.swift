/// An object that the gateway makes itself, as the value of a field.
struct GatewayObject {
    /// The directive of the field.
    let directive: BindingDirective
    /// The names of the object's fields for which the gateway has a value.
    let fields: [String]
    /// Whether the object describes the workspace of the field's parent, so that there is none at the root.
    let isOfParent: Bool
}
