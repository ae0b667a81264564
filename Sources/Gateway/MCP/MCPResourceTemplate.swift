internal import JSON

/// Resources whose URIs match one template.
///
/// https://modelcontextprotocol.io/specification/2025-11-25/server/resources#resource-templates
package struct MCPResourceTemplate: Sendable, Hashable {
    /// The template of the URIs: https://www.rfc-editor.org/rfc/rfc6570.
    package var uriTemplate: String
    /// The name for programs.
    package var name: String
    package var description: String?

    package init(uriTemplate: String, name: String, description: String? = nil) {
        self.uriTemplate = uriTemplate
        self.name = name
        self.description = description
    }

    /// The template as JSON, for `resources/templates/list`.
    var json: JSONValue {
        var members: JSONObject = ["uriTemplate": .string(uriTemplate), "name": .string(name)]
        if let description { members["description"] = .string(description) }
        members["mimeType"] = .string(Self.mediaType)
        return .object(members)
    }

    /// The media type of all resources.
    static let mediaType = "application/json"
}
