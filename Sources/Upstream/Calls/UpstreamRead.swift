/// A GET to be made.
// PERF: a class, as it is handed from stage to stage: copies of the value were a quarter of all reference counting of a call.
final class UpstreamRead: Sendable {
    let call: Call
    /// The validators of the cached response, if the call is to revalidate it.
    let validators: CachedResponse.Validators
    /// The purpose of the call.
    let purpose: CallPurpose
    /// The urgency of the call, which followers raise; nil: it has the urgency of its caller alone.
    let promotion: CallPromotion?
    /// The route and path of the call, for health.
    let target: CallTarget
    /// A function that is called when the call has to wait for its budget.
    let willBeDelayed: @Sendable () -> Void

    init(
        call: Call,
        validators: CachedResponse.Validators,
        purpose: CallPurpose,
        promotion: CallPromotion? = nil,
        willBeDelayed: @escaping @Sendable () -> Void = {}
    ) {
        self.call = call
        target = purpose.target(ofPath: call.path)
        self.validators = validators
        self.purpose = purpose
        self.promotion = promotion
        self.willBeDelayed = willBeDelayed
    }

    /// The same call without validators, so that the response has a body.
    var unconditional: UpstreamRead {
        UpstreamRead(
            call: call,
            validators: CachedResponse.Validators(),
            purpose: purpose,
            promotion: promotion,
            willBeDelayed: willBeDelayed
        )
    }
}
