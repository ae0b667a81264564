internal import Upstream

/// A stream event and the subscribers that it is for.
struct ResultDelivery: Sendable {
    let event: StreamEvent
    var audience = Audience.everybody
}
