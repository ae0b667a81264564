internal import JSON

/// A row that changed in the sandbox without a client's request.
package struct SandboxChange: Sendable, Equatable {
    /// The time of the change, by the sandbox's clock.
    package let time: UnixTime

    /// The slug of the row's workspace.
    package let workspace: String

    /// The id.
    package let id: String

    /// The new title of the issue.
    package let title: String

    /// The new `updated_at` of the issue.
    package let updatedAt: String

    /// The JSON that `GET /_sandbox/changes` lists.
    func json() -> JSONValue {
        .object(
            JSONObject([
                ("at_ms", .integer(time.milliseconds)), ("workspace", .string(workspace)), ("id", .string(id)),
                ("title", .string(title)), ("updated_at", .string(updatedAt)),
            ])
        )
    }
}
