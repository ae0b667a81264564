package import Gateway
internal import GraphQL
package import Upstream

extension ServiceConfiguration {
    /// A configuration of one workspace in front of a transport, in which responses do not age.
    ///
    /// - Parameters:
    ///   - sdl: the text of the schema.
    ///   - transport: the upstream.
    /// - Returns: the configuration.
    /// - Throws: what is wrong with the schema.
    package static func oneWorkspace(_ sdl: String, before transport: any Transport) throws -> ServiceConfiguration {
        var configuration = ServiceConfiguration(
            schema: try LoadedSchema(Source(sdl)),
            workspaces: [WorkspaceConfiguration(slug: "main", baseURL: "http://upstream")],
            transport: transport
        )
        let start = ContinuousClock.now
        configuration.now = { start }
        return configuration
    }
}
