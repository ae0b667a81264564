extension Section {
    /// The whole file.
    package static let file = Section(
        title: "The file",
        members: [
            SectionMember(
                "workspaces",
                "list",
                "The workspaces, in order: the key in a caller's `Authorization` header is for the first."
            ),
            SectionMember(
                "clients",
                "text or list",
                default: "keys",
                "Who may call: `keys` (callers bring their own keys), `anonymous` (everybody, with the configured keys), or a list of clients."
            ),
            SectionMember("jwt", "object", "How JSON Web Tokens of clients are checked."),
            SectionMember(
                "options",
                "object",
                "Options of `serve` by their names without `--`; a list repeats an option, `true` sets a flag."
            ),
        ]
    )

    /// One workspace.
    package static let workspace = Section(
        title: "workspaces",
        members: [
            SectionMember("slug", "text", "The name by which callers choose it: letters, digits, `-` and `_`."),
            SectionMember("url", "text", "The base URL to which the paths of the schema are appended."),
            SectionMember("plan", "text", "The plan of its keys, as for `--plan`, which is the default."),
            SectionMember(
                "keyFile",
                "path",
                "The file that has the key; it is read again when it changes. Without a key, callers bring their own."
            ),
            SectionMember(
                "keyEnvironment",
                "text",
                "The environment variable that has the key, in place of `keyFile`."
            ),
            SectionMember(
                "caFile",
                "path",
                default: "`upstream-ca`",
                "A file of certificates in PEM form that are trusted in place of the system's."
            ),
            SectionMember(
                "certificateFile",
                "path",
                default: "`upstream-certificate`",
                "The file of the gateway's client certificate, in PEM form; with `privateKeyFile`."
            ),
            SectionMember(
                "privateKeyFile",
                "path",
                default: "`upstream-key`",
                "The file of that certificate's private key in PEM form, not encrypted."
            ),
            SectionMember(
                "proxy",
                "text",
                default: "`upstream-proxy`",
                "The URL of the proxy that calls go through: `http://`, `https://`, `socks5://` or `socks5h://`, without a password."
            ),
            SectionMember(
                "timeout",
                "number",
                default: "`upstream-timeout`",
                "The seconds that one upstream call may take."
            ),
            SectionMember(
                "webhook",
                "object",
                "How its webhooks are verified; without it none are taken. [live.md](live.md#webhooks)"
            ),
        ]
    )

    /// One client.
    package static let client = Section(
        title: "clients",
        members: [
            SectionMember("name", "text", "What logs and metrics call it."),
            SectionMember(
                "tokens",
                "list",
                "The SHA-256 hashes of its tokens, as `sha256:` and 64 hexadecimal digits; two, while a token is being replaced."
            ),
            SectionMember(
                "subject",
                "text",
                "In place of `tokens`: the claim `sub` of its JSON Web Tokens; `*` stands for every subject that no other client has."
            ),
            SectionMember("workspaces", "list", default: "all", "The slugs of the workspaces that it may use."),
            SectionMember("readOnly", "boolean", default: "false", "Whether it may not write."),
            SectionMember(
                "operations",
                "list",
                default: "any",
                "The ids of the trusted documents that it may have executed; it may have nothing else executed."
            ),
            SectionMember(
                "requestsPerMinute",
                "number",
                default: "as for all",
                "The most requests that it may send in a minute."
            ),
            SectionMember(
                "callsPerMinute",
                "number",
                default: "as for all",
                "The most estimated upstream calls in a minute."
            ),
            SectionMember(
                "lane",
                "text",
                default: "by protocol",
                "The lane in which it spends keys, as for `--lane`. [rate-limits.md](rate-limits.md#lanes)"
            ),
            SectionMember(
                "admin",
                "boolean",
                default: "false",
                "Whether it may open the [cockpit](cockpit.md) where clients call."
            ),
        ]
    )

    /// The issuer of JSON Web Tokens.
    package static let tokenIssuer = Section(
        title: "jwt",
        members: [
            SectionMember("issuer", "text", "The issuer's URL: the claim `iss` of its tokens."),
            SectionMember(
                "audience",
                "text or list",
                "What the claim `aud` must name: that the tokens are for this gateway."
            ),
            SectionMember("keysURL", "text", "The URL of the issuer's public keys, a JSON Web Key Set."),
            SectionMember("keysFile", "path", "The file of these keys, in place of `keysURL`."),
            SectionMember(
                "leeway",
                "number",
                default: "30",
                "The seconds by which the clocks of issuer and gateway may differ."
            ),
            SectionMember(
                "scopes",
                "list",
                default: "none",
                "The scopes that a token must have, in its claim `scope`."
            ),
        ]
    )

    /// All sections with members of their own, in the order of the documents.
    package static let all = [file, workspace, webhook, client, tokenIssuer]
}
