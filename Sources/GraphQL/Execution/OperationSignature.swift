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
    package init?(_ context: ExecutionContext) {
        self.init(context.plan.signatureTemplates.whole, context)
    }

    /// The signature of all that the results of an execution depend on beside the data, their keys among it; nil if an argument cannot
    /// be coerced, or if it is too long.
    package init?(withKeysOf context: ExecutionContext) {
        let plan = context.plan
        self.init(SignatureTemplate(ofSelection: plan.root, in: plan, keys: context.spelledKeys), context)
    }

    /// The signature of one root field with the keys below it, so that operations which agree on it have the same bytes there; nil as
    /// for the whole.
    package init?(of field: PlanFieldID, in context: ExecutionContext) {
        let plan = context.plan
        guard context.renaming != nil else {
            self.init(plan.signatureTemplates.rootFields[field], context)
            return
        }
        guard plan.operation == .query else { return nil }
        self.init(SignatureTemplate(ofField: field, in: plan, keys: context.spelledKeys), context)
    }

    private init?(_ template: SignatureTemplate?, _ context: ExecutionContext) {
        guard let template, let bytes = template.bytes(argumentValues: context.argumentValues) else { return nil }
        self.bytes = bytes
        digest = unsafe bytes.withUnsafeBytes { unsafe KeyedDigest.of($0) }
    }

    package static func == (left: OperationSignature, right: OperationSignature) -> Bool {
        left.digest == right.digest && left.bytes == right.bytes
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(digest) }
}

extension ExecutionContext {
    /// The keys of the response, in its own spelling.
    fileprivate var spelledKeys: SignatureTemplate.Keys {
        .spelled { [renaming] key in renaming?.key(key) ?? key }
    }
}
