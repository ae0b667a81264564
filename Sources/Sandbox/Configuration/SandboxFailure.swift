/// A path that always fails, while all others work.
package struct SandboxFailure: Sendable, Equatable {
    /// The method that fails; nil for each.
    package var method: String?

    /// The path below `/api/v1`, without a query: `/issues/task_4gk0d2m8q1xwz` or `/projects`.
    package var path: String

    /// The status of the response.
    package var status = 500

    /// Lets a path fail.
    package init(method: String? = nil, path: String, status: Int = 500) {
        self.method = method
        self.path = path
        self.status = status
    }
}
