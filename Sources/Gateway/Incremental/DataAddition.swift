internal import JSON

/// Members of an object that a client has not had.
struct DataAddition {
    /// Where the object is, seen from the object that the fragment applies to.
    let subPath: [JSONValue]
    let members: JSONObject
}
