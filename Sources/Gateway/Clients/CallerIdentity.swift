internal import JSON
internal import Upstream

/// The parts of a caller that decide which results it may see, and how the calls for them are charged and queued.
struct CallerIdentity: Sendable, Hashable {
    /// The credential for the first workspace.
    let credential: Credential?
    /// The credentials for further workspaces, by slug.
    let workspaceCredentials: [ExactString: Credential]
    /// The authenticated client of the gateway, which has rights of its own.
    let client: ObjectIdentifier?
    /// The caller group, which has a lane of its own.
    let group: CallerGroup
    /// The session, which may have a cap of calls.
    let session: String?
}
