/// The limits of writing a response.
package struct ResponseLimits: Sendable {
    /// The most bytes of the response's data.
    package var maximumBytes: Int
    /// The most errors that the response lists; one more states how many were left out.
    package var maximumErrors: Int
    /// Called every few thousand values; returns whether the response is no longer wanted.
    package var isCancelled: (@Sendable () -> Bool)?

    /// No limits.
    package static let none = ResponseLimits()

    package init(
        maximumBytes: Int = .max,
        maximumErrors: Int = .max,
        isCancelled: (@Sendable () -> Bool)? = nil
    ) {
        self.maximumBytes = maximumBytes
        self.maximumErrors = maximumErrors
        self.isCancelled = isCancelled
    }
}
