/// A file that is served unchanged.
package struct StaticFile: Sendable {
    /// The path relative to the folder, with slashes.
    package let path: String
    /// The content.
    package let bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// The media type, by the extension of the name.
    var contentType: String {
        let ending = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
        return Self.contentTypes[ending] ?? "application/octet-stream"
    }

    private static let contentTypes = [
        "html": "text/html; charset=utf-8", "js": "text/javascript; charset=utf-8",
        "mjs": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8",
        "json": "application/json; charset=utf-8", "graphql": "application/graphql; charset=utf-8",
        "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "webp": "image/webp",
        "ico": "image/x-icon", "woff2": "font/woff2", "txt": "text/plain; charset=utf-8",
        "md": "text/plain; charset=utf-8",
    ]
}
