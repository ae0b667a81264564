/// One object that a selection set applies to.
struct Row: Sendable {
    let value: ValueReference
    /// The variant of the selection for the object's concrete type; -1 if its type cannot be told.
    let variant: Int32
}

/// All objects of one field of a plan, in document order, and which of them belong to which parent row.
///
/// The response writer walks values in the same order, so that it finds an object's row by counting from the start of
/// its parent.
struct FieldRows: Sendable {
    private(set) var rows: [Row] = []
    /// The number of the first row of each parent.
    private(set) var starts: [Int32] = []

    init(parentCount: Int) {
        starts.reserveCapacity(parentCount)
        rows.reserveCapacity(parentCount)
    }

    /// What is appended from now on belongs to the next parent.
    mutating func beginParent() {
        starts.append(Int32(rows.count))
    }

    mutating func append(_ row: Row) {
        rows.append(row)
    }
}

/// The values of a bound field for every row of the field above; rows of other variants have none.
struct ResolvedField: Sendable {
    enum Value: Sendable {
        case null
        case found(ValueReference)
        /// The index of a failure.
        case failed(Int32)
    }

    let values: [Value]
    let failures: [FieldFailure]
    /// Errors that null nothing.
    let partialFailures: [FieldFailure]
    /// The row at which partial failures are told: the first that was asked for.
    let firstRow: Int

    /// No value for any row.
    init(rowCount: Int) {
        values = Array(repeating: .null, count: rowCount)
        failures = []
        partialFailures = []
        firstRow = 0
    }

    /// Spreads a resolution over all rows and adds its documents to the execution's.
    init(
        _ resolution: consuming Resolution,
        request: FieldRequest,
        documents: inout [SourceDocument],
        _ incompleteObjects: inout IncompleteObjects
    ) {
        let firstDocument = documents.count
        var bases: [Int] = []
        bases.reserveCapacity(resolution.documents.count)
        for document in resolution.documents {
            bases.append(documents.count)
            documents.append(document)
            documents.append(contentsOf: document.linked)
        }
        incompleteObjects.add(resolution.incompleteObjects, in: documents, from: firstDocument)
        var values: [Value] = Array(repeating: .null, count: request.rowCount)
        for (row, value) in zip(request.rows, resolution.values) {
            switch value {
            case .null: break
            case .found(let document, let node):
                values[Int(row)] = .found(ValueReference(document: bases[document], node: node))
            case .failed(let index):
                values[Int(row)] = .failed(Int32(index))
            }
        }
        self.values = values
        failures = resolution.failures
        partialFailures = resolution.partialFailures
        firstRow = request.rows.first.map(Int.init) ?? 0
    }
}
