/// The values of a bound field, one for each parent in the order of the field request.
package struct Resolution: Sendable {
    /// The documents with the values.
    package var documents: [SourceDocument] = []
    /// The failures, to which values refer by index.
    package var failures: [FieldFailure] = []
    /// The value of each parent.
    package var values: [Value] = []
    /// The errors of parts that the values lack; they are reported at the field without making it null.
    package var partialFailures: [FieldFailure] = []
    /// The objects in the documents, or in linked ones, with members that could not be fetched.
    package var incompleteObjects: [IncompleteObject] = []

    /// The value for one parent.
    package enum Value: Sendable, Hashable {
        case null
        /// A node of one of the resolution's documents, by their indices.
        case found(document: Int, node: Int)
        /// A failure, by its index in `failures`.
        case failed(Int)
    }

    package init() {}

    /// Makes the same failure for every parent.
    package init(failure: FieldFailure, parents: Int) {
        failures = [failure]
        values = Array(repeating: .failed(0), count: parents)
    }
}
