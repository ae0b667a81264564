package import JSON

/// Resolves bound fields: the one thing that the engine asks of the world outside.
package protocol FieldResolver: Sendable {
    /// Finds the value of one bound field for all its parents; never throws: a failure belongs to the parents it hits.
    func resolve(_ request: FieldRequest) async -> Resolution

    /// Splits needs that are ready at the same time into groups, each of which is better resolved together.
    func batches(of requests: [FieldRequest]) -> [[FieldRequest]]

    /// Finds the values of the fields of a group, in its order.
    func resolve(batch requests: [FieldRequest]) async -> [Resolution]
}

extension FieldResolver {
    /// Each need is a group of its own.
    package func batches(of requests: [FieldRequest]) -> [[FieldRequest]] { requests.map { [$0] } }

    /// One need after the other.
    package func resolve(batch requests: [FieldRequest]) async -> [Resolution] {
        var resolutions: [Resolution] = []
        for request in requests { resolutions.append(await resolve(request)) }
        return resolutions
    }
}

/// One bound field that is ready: for which parents its value is wanted, and with which arguments.
package struct FieldRequest: Sendable {
    package let plan: Plan
    package let field: PlanFieldID
    package let binding: BindingID
    /// The coerced arguments of the field.
    ///
    /// https://spec.graphql.org/September2025/#CoerceArgumentValues()
    package let arguments: JSONObject
    /// The parents, in result order; each is an object in one of `documents`.
    package let parents: [ValueReference]
    /// The execution's documents so far.
    package let documents: [SourceDocument]
    /// The position of each parent among the rows of the field above.
    let rows: [Int32]
    /// How many rows the field above has.
    let rowCount: Int
    let incompleteObjects: IncompleteObjects
    /// Which of several executions that run together it belongs to.
    var execution = 0

    /// Whether each parent has all its members or is known to have null for those that it lacks.
    package var hasCompleteParents: Bool { incompleteObjects.isEmpty }

    /// Why a member that a parent lacks is unknown; nil: it is null.
    package func failure(ofMember member: JSONKey, of parent: ValueReference) -> FieldFailure? {
        incompleteObjects.failure(ofMember: member, of: parent)
    }
}

/// The values of a bound field, one for each parent in the order of the need.
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

/// Why a field has no value: what the client is told, without path and location.
package struct FieldFailure: Error, Sendable, Hashable {
    package var message: String
    package var extensions: JSONObject

    package init(_ message: String, extensions: JSONObject = JSONObject()) {
        self.message = message
        self.extensions = extensions
    }
}
