package import GraphQL
internal import JSON

/// A field of the subscription type as a method, whose events are sent as notifications.
package struct SubscriptionMethod: Sendable {
    /// The method that begins a subscription.
    package let method: RPCMethod
    /// The name of the method that ends a subscription.
    package let unsubscribe: String
    /// The method name of the notifications.
    package let notification: String

    /// The parameter with the subscription's id, in notifications and in the method that ends it.
    package static let parameter = "subscription"

    /// The arguments of `@rpc` that are valid only on fields of the subscription type.
    static let arguments = ["unsubscribe", "notification"]

    /// The names that a field declares; nil: it is no method, or one of the names is missing.
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

    /// The errors in the methods that fields of the subscription type declare.
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
