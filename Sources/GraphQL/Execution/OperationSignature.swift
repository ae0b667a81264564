internal import JSON

/// All of a query that its values depend on beside the data: which fields, with which arguments.
///
/// Keys are left out, so that two queries that differ in aliases alone have the same form. A form is only compared with
/// those of the same `ExecutableSchema`.
package struct OperationSignature: Sendable, Hashable {
    private let bytes: [UInt8]
    private let digest: Int

    /// The memory that it takes up, with what stands before the content of an array.
    package var memoryFootprint: Int { bytes.capacity + KeysBelowRoot.arrayOverhead }

    /// The signature of an execution; nil if it is no query, if an argument cannot be coerced, or if it is too long.
    package init?(_ execution: Execution) {
        self.init(execution.plan.signatureTemplates.whole, execution)
    }

    /// The signature of all that the results of an execution depend on beside the data, their keys among it; nil if an argument cannot
    /// be coerced, or if it is too long.
    package init?(withKeysOf execution: Execution) {
        let plan = execution.plan
        self.init(SignatureTemplate(ofSelection: plan.root, in: plan, keys: execution.spelledKeys), execution)
    }

    /// The signature of one root field with the keys below it, so that operations which agree on it have the same bytes there; nil as
    /// for the whole.
    package init?(of field: PlanFieldID, in execution: Execution) {
        let plan = execution.plan
        guard execution.renaming != nil else {
            self.init(plan.signatureTemplates.rootFields[field], execution)
            return
        }
        guard plan.operation == .query else { return nil }
        self.init(SignatureTemplate(ofField: field, in: plan, keys: execution.spelledKeys), execution)
    }

    private init?(_ template: SignatureTemplate?, _ execution: Execution) {
        guard let template, let bytes = template.bytes(argumentValues: execution.argumentValues) else { return nil }
        self.bytes = bytes
        digest = unsafe bytes.withUnsafeBytes { unsafe KeyedDigest.of($0) }
    }

    package static func == (left: OperationSignature, right: OperationSignature) -> Bool {
        left.digest == right.digest && left.bytes == right.bytes
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(digest) }
}

extension Execution {
    /// The keys of its response, in its own spelling.
    fileprivate var spelledKeys: SignatureTemplate.Keys {
        .spelled { [renaming] key in renaming?.key(key) ?? key }
    }
}
