internal import Gateway
internal import JSON

/// The requirements on the claims of a token.
package struct TokenRules: Sendable {
    /// The value that `iss` must have.
    package let issuer: String
    /// The values of which `aud` must have at least one.
    package let audiences: [String]
    /// The seconds by which the clocks of issuer and gateway may differ.
    package let leeway: Int
    /// The scopes that the token must all have.
    package let scopes: [String]

    package init(issuer: String, audiences: [String], leeway: Int, scopes: [String]) {
        self.issuer = issuer
        self.audiences = audiences
        self.leeway = leeway
        self.scopes = scopes
    }

    /// Checks claims.
    ///
    /// - Parameters:
    ///   - claims: the claims of a token whose signature is valid.
    ///   - now: the time in Unix seconds.
    /// - Returns: the subject, and the Unix time in seconds at which the token expires.
    /// - Throws: a failure that states the first claim that does not meet the requirements.
    func check(_ claims: JSONValue, at now: Int) throws(AuthenticationFailure) -> (subject: String, end: Int) {
        guard claims["iss"] == .string(issuer) else { throw .invalid("The token is of another issuer.") }
        let audience = claims["aud"]
        let named = audience.map { $0.arrayValue ?? [$0] } ?? []
        let isNamed = audiences.contains { named.contains(.string($0)) }
        guard isNamed else { throw .invalid("The token is for another audience.") }
        guard let end = Self.time(claims["exp"]) else { throw .invalid("The token does not say when it expires.") }
        guard now < end.addingSaturating(leeway) else { throw .invalid("The token has expired.") }
        if claims["nbf"] != nil {
            guard let start = Self.time(claims["nbf"]), start <= now + leeway else {
                throw .invalid("The token is not valid yet.")
            }
        }
        guard let subject = claims["sub"]?.stringValue, !subject.isEmpty else {
            throw .invalid("The token has no subject.")
        }
        let granted = Set((claims["scope"]?.stringValue ?? "").split(separator: " ").map { ExactString(String($0)) })
        guard scopes.allSatisfy({ granted.contains(ExactString($0)) }) else {
            throw .forbidden("The token needs the scope \(scopes.joined(separator: " ")).")
        }
        return (subject, end)
    }

    /// A time in Unix seconds, which may have a fraction.
    private static func time(_ value: JSONValue?) -> Int? {
        guard let value, case .number = value else { return nil }
        let text = String(decoding: value.serialized(), as: UTF8.self)
        guard let number = Double(text), number.magnitude < 1e15 else { return nil }
        return Int(number)
    }
}

extension Int {
    /// The sum, or the greatest number if there is none.
    fileprivate func addingSaturating(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
