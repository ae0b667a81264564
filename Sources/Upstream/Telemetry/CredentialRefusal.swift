/// The upstream's refusal of a credential, by status 401.
package struct CredentialRefusal: Sendable {
    /// The client request that uses it; nil: none waits for the call.
    package let requestID: RequestID?
    /// The workspace's slug.
    package let workspace: String
    /// The refused credential, which no description shows.
    package let credential: Credential

    package init(requestID: RequestID?, workspace: String, credential: Credential) {
        self.requestID = requestID
        self.workspace = workspace
        self.credential = credential
    }
}
