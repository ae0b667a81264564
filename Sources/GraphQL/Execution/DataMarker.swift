internal import JSON

/// An object in local data that stands for something else: `{"$error": "text"}` or `{"$args": true}`.
enum DataMarker {
    /// The value fails with this message.
    case error(String)
    /// The value is the field's coerced arguments as JSON text; no member of the node `true` is taken for one of it.
    case arguments(standIn: Int)

    private static let errorKey = JSONKey("$error")
    private static let argumentsKey = JSONKey("$args")

    /// Reads an object as a marker; nil if it is none.
    init?(_ json: JSONDocument, at node: Int) {
        if let member = json.member(Self.errorKey, of: node) {
            self = .error(json.stringValue(of: member) ?? inspect(json.value(at: member)))
        } else if let member = json.member(Self.argumentsKey, of: node), json.node(member).kind == .true {
            self = .arguments(standIn: member)
        } else {
            return nil
        }
    }
}
