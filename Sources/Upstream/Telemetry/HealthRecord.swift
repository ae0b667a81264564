/// A circuit breaker of a workspace that opened or closed.
package struct HealthRecord: Sendable, Hashable {
    /// The part of the upstream that the circuit breaker protects.
    package enum Subject: Sendable, Hashable {
        /// The workspace as a whole.
        case workspace
        /// All objects of a type or one list; the path is an example of them.
        case route(path: String)
        /// One object or one page of a list.
        case path(String)
    }

    /// The workspace's slug.
    package let workspace: String
    /// The part that is unavailable, or available again.
    package let subject: Subject
    /// The time for which it is not called; nil: it works again.
    package let pause: Duration?

    package init(workspace: String, subject: Subject, pause: Duration?) {
        self.workspace = workspace
        self.subject = subject
        self.pause = pause
    }
}
