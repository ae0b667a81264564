/// The error of a value that is not valid for a leaf type; the caller adds its location.
package struct CoercionError: Error, Sendable, Hashable {
    package let message: String

    package init(_ message: String) {
        self.message = message
    }
}
