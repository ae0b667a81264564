/// The values of a bound field, one for each parent in the order of the field request.
package struct Resolution: Sendable {
    /// Documents that the values lie in.
    package var documents: [SourceDocument] = []
    package var failures: [FieldFailure] = []
    package var values: [Value] = []
    /// Errors of parts that the values had to do without; they are reported at the field and null nothing.
    package var partialFailures: [FieldFailure] = []
    /// Objects in the documents, or in those that they refer to, of which some members could not be had.
    package var incompleteObjects: [IncompleteObject] = []

    /// The value for one parent.
    package enum Value: Sendable, Hashable {
        case null
        /// A node of one of the resolution's documents.
        case found(document: Int, node: Int)
        /// One of the resolution's failures.
        case failed(Int)
    }

    package init() {}

    /// The same failure for every parent.
    package init(failure: FieldFailure, parents: Int) {
        failures = [failure]
        values = Array(repeating: .failed(0), count: parents)
    }
}
