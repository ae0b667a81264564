/// The reply to a subscription or a live query.
package enum SubscriptionReply: Sendable {
    /// The subscription is refused.
    case refused(GraphQLResponse)
    /// The subscription has begun: its stream has every change from now on.
    case stream(ResultStream)
}
