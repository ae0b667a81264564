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
    /// The errors that make nothing null.
    let partialFailures: [FieldFailure]
    /// The row at which partial failures are reported: the first requested one.
    let firstRow: Int

    /// Makes null for every row.
    init(rowCount: Int) {
        values = Array(repeating: .null, count: rowCount)
        failures = []
        partialFailures = []
        firstRow = 0
    }

    /// Distributes a resolution over all rows, and adds its documents to the execution's.
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
