internal import JSON

/// The parts of a query that its values depend on besides the data: fields and arguments.
///
/// Response keys are left out, so that two queries that only differ in aliases have the same signature. A signature is only
/// compared with those of the same `ExecutableSchema`.
package struct OperationSignature: Sendable, Hashable {
    private let bytes: [UInt8]
    private let digest: Int

    /// The bytes that it takes, including the header of the array.
    package var memoryFootprint: Int { bytes.capacity + KeysBelowRoot.arrayOverhead }

    /// The signature of an execution; nil if it is no query, if an argument cannot be coerced, or if it is too long.
    package init?(_ context: ExecutionContext) {
        self.init(context.plan.signatureTemplates.whole, context)
    }

    /// The signature of an execution with its response keys; nil if an argument cannot be coerced, or if it is
    /// too long.
    package init?(withKeysOf context: ExecutionContext) {
        let plan = context.plan
        self.init(SignatureTemplate(ofSelection: plan.root, in: plan, keys: context.spelledKeys), context)
    }

    /// The signature of one root field with the response keys below it, so that operations with the same one have the same bytes there;
    /// nil as for a whole operation.
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
    /// The response keys, as the response has them.
    fileprivate var spelledKeys: SignatureTemplate.Keys {
        .spelled { [renaming] key in renaming?.key(key) ?? key }
    }
}
