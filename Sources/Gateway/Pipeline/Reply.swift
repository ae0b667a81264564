/// The reply to a request of any endpoint: available now or later.
package enum Reply<Value: Sendable>: Sendable {
    /// The reply is available now.
    case now(Value)
    /// The reply is available later; the function waits for it.
    case later(@Sendable () async -> Value)

    /// The value; waits for it if necessary.
    package func value() async -> Value {
        switch self {
        case .now(let value): value
        case .later(let wait): await wait()
        }
    }
}
