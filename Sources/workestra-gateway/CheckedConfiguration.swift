internal import Configuration
internal import Gateway
internal import JSONWebTokens
internal import Upstream

/// A service as a configuration describes it, and what a later one may take over.
struct ConfiguredService {
    let service: GatewayService
    let keyFiles: KeyFiles
    /// Operations that are tools for models.
    let operationTools: [OperationTool]
    /// How the webhooks of workspaces are verified.
    let webhooks: [WebhookOptions]
    let schema: LoadedSchema
    let broker: CallBroker
    let settings: UpstreamSettings
    /// Those of the issuer of JSON Web Tokens, and where they are from; nil: there is none.
    let issuerKeys: (source: ConfigurationFile.KeySource, keys: IssuerKeys)?
}
