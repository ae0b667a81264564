internal import GraphQL
internal import JSON

extension FieldFailure {
    /// The upstream has refused the credential in another call.
    static let refusedCredential = FieldFailure(
        .unauthenticated,
        "The upstream does not accept the credential.",
        more: ["status": 401]
    )

    /// Whether the upstream does not accept the credential.
    var refusesCredential: Bool { extensions["code"] == .string(ErrorCode.unauthenticated.rawValue) }

    /// The failure without the credential's secret: an upstream may repeat it in its message.
    func hiding(_ credential: Credential) -> FieldFailure {
        var hidden = self
        hidden.message = credential.hidden(in: message)
        return hidden
    }
}

extension WriteOutcome {
    /// The outcome without the credential's secret in what the upstream says.
    func hiding(_ credential: Credential) -> WriteOutcome {
        switch self {
        case .refused(let failure, let fields):
            .refused(
                failure.hiding(credential),
                fields: fields.map { field in
                    RefusedField(names: field.names, message: field.message.map { credential.hidden(in: $0) })
                }
            )
        case .unknown(let failure): .unknown(failure.hiding(credential))
        case .notSent(let failure): .notSent(failure.hiding(credential))
        case .done, .missing, .limited: self
        }
    }
}

extension Credential {
    /// The fewest bytes of a secret that is looked for: shorter ones are words of any message.
    private static let leastBytes = 4

    /// A text with an ellipsis in place of the secret.
    fileprivate func hidden(in text: String) -> String {
        guard let secret = authorization?.split(separator: " ").last, secret.utf8.count >= Self.leastBytes else {
            return text
        }
        return text.replacing(secret, with: "…")
    }
}
