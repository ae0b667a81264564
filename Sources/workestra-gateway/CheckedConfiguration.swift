internal import Configuration
internal import Gateway
internal import GatewayServer
internal import JSONWebTokens

/// A valid configuration, as values, with what a later one may reuse.
struct CheckedConfiguration {
    /// The configuration of the service that executes operations.
    let service: ServiceConfiguration
    let keyFiles: KeyFiles
    /// Operations that are tools for models.
    let operationTools: [OperationTool]
    /// The verification settings of the workspaces' webhooks.
    let webhooks: [WebhookOptions]
    /// The gateway's TLS certificate and key; nil: TLS is off.
    let credentials: TLSCredentials?
    /// The pages for browsers, which are read only at the start.
    let pages: Pages
    /// The text of the schema.
    let schemaText: [UInt8]
    /// The keys of the issuer of JSON Web Tokens, and their source; nil: none.
    let issuerKeys: (source: ConfigurationFile.KeySource, keys: IssuerKeys)?
}
