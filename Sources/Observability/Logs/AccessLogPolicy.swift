/// Which requests have a line in the access log.
package enum AccessLogPolicy: Sendable, Hashable {
    /// None.
    case off
    /// One of many, at random: the share from 0 to 1.
    case sampled(Double)
    /// Each.
    case all
}
