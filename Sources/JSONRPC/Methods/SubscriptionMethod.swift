package import GraphQL
internal import JSON

/// A field of the subscription type as a method, whose events come as notifications.
package struct SubscriptionMethod: Sendable {
    /// The method that begins a subscription.
    package let method: RPCMethod
    /// The name of the method that ends one.
    package let unsubscribe: String
    /// The name of the notifications.
    package let notification: String

    /// The parameter that names a subscription, of its notifications and of the method that ends it.
    package static let parameter = "subscription"

    /// The arguments of `@rpc` that only fields of the subscription type have.
    static let arguments = ["unsubscribe", "notification"]

    /// The names that a field declares; nil: it is no method, or not all are there.
    static func names(of field: FieldDefinition) -> (method: String, unsubscribe: String, notification: String)? {
        guard let directive = field.rpcDirective else { return nil }
        func text(_ name: String) -> String? {
            guard case .string(let node)? = directive.arguments.first(where: { $0.name.value == name })?.value else {
                return nil
            }
            return node.value
        }
        guard let method = text("method"), let unsubscribe = text("unsubscribe"),
            let notification = text("notification")
        else { return nil }
        return (method, unsubscribe, notification)
    }

    /// What is wrong with the methods that fields of the subscription type declare.
    package static func errors(in schema: Schema) -> [GraphQLError] {
        (schema.rootType(of: .subscription)?.fields.map(\.self) ?? []).compactMap { field in
            guard let directive = field.rpcDirective, names(of: field) == nil else { return nil }
            return GraphQLError(
                "Subscription.\(field.name): @rpc needs the arguments `unsubscribe` and `notification`.",
                at: [directive.range],
                in: schema.source
            )
        }
    }
}
