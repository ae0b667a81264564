internal import GraphQL

/// A binding to a write, and to the way in which its response is shown.
struct WriteBinding: SingleFieldBinding {
    /// The kind of the field's own value.
    enum Payload: Sendable {
        /// The object that was written.
        case object
        /// An object that shows the written object in fields with these names.
        case fields([String])
    }

    let method: WriteMethod
    let template: CallTemplate
    /// The argument that becomes the JSON body, and its encoding; nil: the call has no body.
    let body: Body?
    /// The type of the object that is written, if it is an entity.
    let entity: Entity?
    /// The argument that names the object; nil: the object is new.
    let keyArgument: UpstreamArgument?
    let payload: Payload
    /// The types whose objects may change or be deleted when an object of the type is deleted.
    let dependents: [TypeID]
    /// The expected content of the response, if any.
    let content: ExpectedContent

    var onlyAdds: Bool { method == .post && keyArgument == nil }

    var writtenEntity: Entity? { entity }

    func workspaceArgument(of field: FieldDefinition, _ conventions: UpstreamConventions) -> String? {
        workspaceArgument(of: field, conventions, besides: template.template.variables)
    }

    func resolve(_ request: FieldRequest, with resolver: UpstreamResolver) async -> Resolution {
        await resolver.resolveWrite(self, request)
    }

    func estimate(_ field: BoundField, in estimator: inout CostEstimator) { estimator.estimateWrite(self, field) }

    /// An argument that becomes a body.
    struct Body: Sendable {
        let argument: String
        let encoding: InputEncoding
    }

    /// The values of a payload's fields, in the document that the resolver makes of a response.
    enum PayloadMember: String, CaseIterable {
        case object = "OBJECT"
        case key = "KEY"
    }
}
