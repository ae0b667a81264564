package import JSON

/// Why a field has no value: the error that the client gets, without path and location.
package struct FieldFailure: Error, Sendable, Hashable {
    package var message: String
    package var extensions: JSONObject

    package init(_ message: String, extensions: JSONObject = JSONObject()) {
        self.message = message
        self.extensions = extensions
    }
}
