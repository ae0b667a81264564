extension Section {
    /// The webhooks of one workspace.
    package static let webhook = Section(
        title: "webhook",
        members: [
            SectionMember(
                "secretFiles",
                "path or list",
                "The files that have the secrets with which bodies are signed: one, or two while one is being replaced."
            ),
            SectionMember(
                "secretEnvironment",
                "text or list",
                "The environment variables that have the secrets, in place of `secretFiles` or beside them."
            ),
            SectionMember("header", "text", default: "as the schema says", "The header field that has the signature."),
            SectionMember(
                "prefix",
                "text",
                default: "as the schema says",
                "What stands in the field before the signature's digits."
            ),
            SectionMember(
                "encoding",
                "text",
                default: "as the schema says",
                "How the signature is written: `hex` or `base64`."
            ),
            SectionMember(
                "timestampHeader",
                "text",
                default: "none",
                "The header field with the time of the delivery in Unix seconds, where the time, a dot and the body are signed."
            ),
            SectionMember(
                "maxAge",
                "number",
                default: "86400",
                "The seconds since an event, or since the signed time of its delivery; older ones have no effect."
            ),
            SectionMember("maxBytes", "number", default: "262144", "The most bytes of a body."),
        ]
    )
}
