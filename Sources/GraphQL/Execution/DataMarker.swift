internal import JSON

/// An object in local data that stands for something else: `{"$error": "text"}` or `{"$args": true}`.
enum DataMarker {
    /// The value fails with this message.
    case error(String)
    /// The value is the field's coerced arguments as JSON text.
    case arguments

    private static let errorKey = JSONKey("$error")
    private static let argumentsKey = JSONKey("$args")

    /// Reads an object as a marker; nil if it is none.
    init?(_ json: JSONDocument, at node: Int) {
        if let member = json.member(Self.errorKey, of: node), let message = json.stringValue(of: member) {
            self = .error(message)
        } else if let member = json.member(Self.argumentsKey, of: node), json.node(member).kind == .true {
            self = .arguments
        } else {
            return nil
        }
    }
}
