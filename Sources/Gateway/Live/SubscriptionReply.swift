/// The reply to a subscription.
package enum SubscriptionReply: Sendable {
    /// It does not begin.
    case refused(GraphQLResponse)
    /// It has begun: every change from now on is in the stream.
    case stream(ResultStream)
}
