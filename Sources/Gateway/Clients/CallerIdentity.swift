internal import JSON
internal import Upstream

/// What of a caller decides which results it may see, and how the calls for them are paid and paced.
struct CallerIdentity: Sendable, Hashable {
    /// The credential for the first workspace.
    let credential: Credential?
    /// Those for workspaces by slug.
    let workspaceCredentials: [ExactString: Credential]
    /// The client of the gateway; its rights are its own.
    let client: ObjectIdentifier?
    /// The protocol, which has a lane of its own.
    let group: CallerGroup
    /// The session, which may have a cap.
    let session: String?
}
