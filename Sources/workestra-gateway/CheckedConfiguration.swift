internal import Configuration
internal import Gateway
internal import GatewayServer
internal import JSONWebTokens

/// A configuration in which nothing is wrong, as values, and what a later one may take over.
struct CheckedConfiguration {
    /// What executes operations.
    let service: ServiceConfiguration
    let keyFiles: KeyFiles
    /// Operations that are tools for models.
    let operationTools: [OperationTool]
    /// How the webhooks of workspaces are verified.
    let webhooks: [WebhookOptions]
    /// What the gateway proves its name with; nil: TLS is not spoken.
    let credentials: TLSCredentials?
    /// The pages for browsers, which are read at the start alone.
    let pages: Pages
    /// The texts of the schema.
    let schemaText: [UInt8]
    /// Those of the issuer of JSON Web Tokens, and where they are from; nil: there is none.
    let issuerKeys: (source: ConfigurationFile.KeySource, keys: IssuerKeys)?
}
