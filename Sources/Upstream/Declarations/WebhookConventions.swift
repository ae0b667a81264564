/// How an upstream signs its webhooks, and where their events have what all of them have.
package struct WebhookConventions: Sendable, Hashable {
    /// How a signature is written.
    package enum Encoding: String, Sendable, CaseIterable {
        case hexadecimal = "HEX"
        case base64 = "BASE64"
    }

    /// The header field that has the signature.
    package var header: String
    /// What stands in the field before the signature's digits.
    package var prefix: String
    package var encoding: Encoding
    /// Where the type of an event stands.
    package let type: MemberPath
    /// Where its id stands.
    package let id: MemberPath
    /// Where the time of the change stands.
    package let time: MemberPath
    /// How old responses may be while the webhooks report changes of what they show.
    let maxAge: Duration

    /// Reads them from the arguments of `@webhook`; nil if one is wrong.
    init?(_ arguments: DirectiveArguments) {
        guard let encoding = arguments.string("encoding").flatMap({ Encoding(rawValue: $0) }),
            let type = arguments.string("type").flatMap({ MemberPath($0) }),
            let id = arguments.string("id").flatMap({ MemberPath($0) }),
            let time = arguments.string("time").flatMap({ MemberPath($0) })
        else { return nil }
        header = arguments.string("header") ?? ""
        prefix = arguments.string("prefix") ?? ""
        (self.encoding, self.type, self.id, self.time) = (encoding, type, id, time)
        maxAge = .seconds(max(0, arguments.integer("maxAge") ?? 0))
        guard !header.isEmpty else { return nil }
    }
}
