/// A GET to be made.
struct UpstreamRead: Sendable {
    let call: Call
    /// The validators for a later revalidation.
    let validators: CachedResponse.Validators
    /// The purpose of the call.
    let purpose: CallPurpose
    /// How urgent the call is to all who wait for it; nil: as urgent as to who makes it.
    var promotion: CallPromotion?
    /// Is called when the call has to wait for its budget.
    var willBeDelayed: @Sendable () -> Void = {}
}
