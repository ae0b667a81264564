/// Why a value is none of a leaf type; whoever coerces adds where the value stands.
package struct CoercionError: Error, Sendable, Hashable {
    package let message: String

    package init(_ message: String) {
        self.message = message
    }
}
