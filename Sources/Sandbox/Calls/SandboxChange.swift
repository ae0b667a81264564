internal import JSON

/// A row that changed upstream without any client's request.
package struct SandboxChange: Sendable, Equatable {
    /// When it changed, by the sandbox's clock.
    package let time: UnixTime

    /// The slug of the row's workspace.
    package let workspace: String

    /// The id.
    package let id: String

    /// The title that the issue has from then on.
    package let title: String

    /// The `updated_at` that the issue has from then on.
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
