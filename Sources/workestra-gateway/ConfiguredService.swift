internal import Gateway
internal import Upstream

/// A service as a configuration describes it, and the files of its keys.
struct ConfiguredService {
    let service: GatewayService
    let keyFiles: KeyFiles
    /// Operations that are tools for models.
    let operationTools: [OperationTool]
}
