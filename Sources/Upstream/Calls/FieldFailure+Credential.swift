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

    /// The failure with the credential's secret masked: an upstream may repeat it in its message.
    func hiding(_ credential: Credential) -> FieldFailure {
        var hidden = self
        hidden.message = credential.hidden(in: message)
        return hidden
    }
}

extension WriteOutcome {
    /// The outcome with the credential's secret masked in texts of the upstream.
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
    /// A text without the secret.
    fileprivate func hidden(in text: String) -> String {
        SecretMask(authorization)?.hidden(in: text) ?? text
    }
}
