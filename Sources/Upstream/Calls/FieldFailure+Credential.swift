internal import GraphQL

extension FieldFailure {
    /// The failure without the credential's secret: an upstream may repeat it in its message.
    func hiding(_ credential: Credential) -> FieldFailure {
        guard let secret = credential.authorization?.split(separator: " ").last, secret.utf8.count >= 4,
            message.contains(secret)
        else { return self }
        var hidden = self
        hidden.message = message.replacing(secret, with: "…")
        return hidden
    }
}
