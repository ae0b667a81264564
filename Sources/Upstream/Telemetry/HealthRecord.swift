/// A change of what may be called of a workspace.
package struct HealthRecord: Sendable, Hashable {
    /// What has changed.
    package enum Subject: Sendable, Hashable {
        /// The workspace as a whole.
        case workspace
        /// All objects of a type or one list, such as that of the path.
        case route(path: String)
        /// One object or one page of a list.
        case path(String)
    }

    /// The workspace's slug.
    package let workspace: String
    package let subject: Subject
    /// For how long nothing of it is called; nil: it works again.
    package let pause: Duration?

    package init(workspace: String, subject: Subject, pause: Duration?) {
        self.workspace = workspace
        self.subject = subject
        self.pause = pause
    }
}
