internal import JSON

/// A marker object in local data: `{"$error": "text"}` or `{"$args": true}`.
enum DataMarker {
    /// The value fails with this message.
    case error(String)
    /// The value is the field's coerced arguments as JSON text; the node `true` serves as its position.
    case arguments(standIn: Int)

    private static let errorKey = JSONKey("$error")
    private static let argumentsKey = JSONKey("$args")

    /// Parses a marker; nil if the object is none.
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
