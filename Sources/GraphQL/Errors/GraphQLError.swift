package import JSON

/// One error of a response.
///
/// https://spec.graphql.org/September2025/#sec-Errors
///
/// Errors are data: they are collected and written into the response, never thrown past the request.
package struct GraphQLError: Error, Sendable, Hashable {
    /// The message; of limited length, whatever it quotes.
    package var message: String
    /// The locations in the document; left out of the response when empty.
    package var locations: [SourceLocation]
    /// The response path of the field; nil for errors of the request itself.
    package var path: [PathSegment]?
    /// The extensions; left out of the response when empty.
    package var extensions: JSONObject

    /// Makes an error; parts that are not passed are left out of the response.
    package init(
        _ message: String,
        locations: [SourceLocation] = [],
        path: [PathSegment]? = nil,
        extensions: JSONObject = JSONObject()
    ) {
        self.message = MessageText.bounded(message)
        self.locations = locations
        self.path = path
        self.extensions = extensions
    }

    /// Makes an error with the locations of nodes of a source.
    package init(_ message: String, at ranges: [SourceRange], in source: Source) {
        self.init(message, locations: ranges.map { source.location(at: Int($0.start)) })
    }
}
