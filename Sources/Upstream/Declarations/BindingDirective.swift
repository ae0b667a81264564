/// The directives by which a schema says where its data comes from; `BindingDirectives` has their definitions.
enum BindingDirective: String, CaseIterable, Sendable {
    case rest
    case entity
    case reference
    case json
    /// The field is its parent's JSON object itself.
    case parent = "self"
    case written
    case member
    case entries
    case discriminator
    case cacheControl
    case workspace
    case quota
    case globalID
    case rpc
    case upstream

    /// Those of which a field has at most one: they say where its value comes from.
    static let valueSources: [BindingDirective] = [
        .rest, .reference, .parent, .member, .entries, .json, .workspace, .quota, .globalID, .written,
    ]

    /// Those whose fields read no member of the parent's JSON by the field's own name.
    static let computed: [BindingDirective] = [
        .rest, .member, .entries, .workspace, .quota, .globalID, .written,
    ]
}
