/// The directives by which a schema declares the sources of its data; `BindingDirectives` has their definitions.
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
    case changedBy
    case changes
    case polled
    case webhook
    case upstream
}
