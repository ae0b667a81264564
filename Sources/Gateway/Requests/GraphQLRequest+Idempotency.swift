internal import JSON

extension GraphQLRequest {
    /// The content of the request, without its idempotency key.
    var idempotentContent: JSONValue {
        var extensions = extensions
        _ = extensions.removeValue(forKey: Self.idempotencyKeyMember)
        return [
            "query": query.map { .string($0) } ?? .null, "documentId": documentID.map { .string($0) } ?? .null,
            "operationName": operationName.map { .string($0) } ?? .null, "variables": .object(variables),
            "extensions": .object(extensions),
        ]
    }

    /// The member of `extensions` that has the idempotency key.
    static let idempotencyKeyMember = "idempotencyKey"
}
