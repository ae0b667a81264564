package import JSON

/// The error of a field without a value, as the client gets it, without path and location.
package struct FieldFailure: Error, Sendable, Hashable {
    package var message: String
    package var extensions: JSONObject

    package init(_ message: String, extensions: JSONObject = JSONObject()) {
        self.message = message
        self.extensions = extensions
    }
}
