internal import JSON

/// Members of an object that the client has not received yet.
struct DataAddition {
    /// The path of the object, relative to the object that the fragment applies to.
    let subPath: [JSONValue]
    let members: JSONObject
}
