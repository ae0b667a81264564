internal import JSON

/// The content of a configuration file: workspaces with their keys, who may use these keys, and options of `serve`.
package struct ConfigurationFile: Sendable {
    /// One workspace.
    package struct Workspace: Sendable, Hashable {
        package let slug: String
        package let url: String
        /// The name of the keys' plan; nil: that of the command line.
        package let plan: String?
        package let key: Key
        /// Where it stands: file, line and column.
        package let location: String
    }

    /// Where a workspace's key is.
    package enum Key: Sendable, Hashable {
        /// Each caller brings its own.
        case passThrough
        /// In the configuration itself.
        case text(String)
        case file(String)
        case environment(String)
    }

    /// One argument of the command line: a name, and a value unless it is a flag.
    package struct Option: Sendable, Hashable {
        package let name: String
        package let value: String?
    }

    /// A mistake in a file, with its location; never shows a key.
    package struct Invalid: Error, CustomStringConvertible, Hashable {
        package let description: String
    }

    package let workspaces: [Workspace]
    package let options: [Option]

    /// Reads a file's text.
    ///
    /// - Parameters:
    ///   - text: the JSON text.
    ///   - name: the file's name, for messages.
    /// - Throws: what is wrong with the file.
    package init(_ text: [UInt8], name: String) throws(Invalid) {
        let file = try ConfigurationMembers(
            ConfigurationText(text, name: name),
            at: 0,
            known: ["clients", "workspaces", "options"]
        )
        workspaces = try Self.workspaces(file)
        options = try Self.options(file)
        let clients = try file.string("clients") ?? "keys"
        guard ["keys", "anonymous"].contains(clients) else {
            throw file.invalid("clients", "must be \"keys\" or \"anonymous\"")
        }
        // Otherwise whoever reaches the gateway would use keys of which nobody said that all may.
        guard clients == "keys", let shared = workspaces.first(where: { $0.key != .passThrough }) else { return }
        throw Invalid(
            description: """
                \(shared.location): a workspace has a key, which everybody who reaches the gateway would use. \
                Say "clients": "anonymous" if that is meant; otherwise leave the key out, so that callers bring theirs.
                """
        )
    }

    private static func workspaces(_ file: ConfigurationMembers) throws(Invalid) -> [Workspace] {
        var found: [Workspace] = []
        for (index, element) in try file.list("workspaces").enumerated() {
            let known = ["slug", "url", "plan", "key", "keyFile", "keyEnvironment"]
            let entry = try ConfigurationMembers(file.text, at: element, title: "workspaces[\(index)]", known: known)
            guard let slug = try entry.string("slug"), let url = try entry.string("url") else {
                throw entry.invalid("a workspace needs \"slug\" and \"url\".")
            }
            guard !found.contains(where: { $0.slug.hasSameBytes(as: slug) }) else {
                throw entry.invalid("slug", "is another workspace's too")
            }
            let key = try key(entry)
            found.append(
                Workspace(
                    slug: slug,
                    url: url,
                    plan: try entry.string("plan"),
                    key: key,
                    location: file.text.location(of: element)
                )
            )
        }
        return found
    }

    private static func key(_ entry: ConfigurationMembers) throws(Invalid) -> Key {
        var keys: [Key] = []
        if let key = try entry.string("key") { keys.append(.text(key)) }
        if let file = try entry.string("keyFile") { keys.append(.file(file)) }
        if let variable = try entry.string("keyEnvironment") { keys.append(.environment(variable)) }
        guard keys.count <= 1 else {
            throw entry.invalid("give one of \"key\", \"keyFile\" and \"keyEnvironment\".")
        }
        return keys.first ?? .passThrough
    }

    private static func options(_ file: ConfigurationMembers) throws(Invalid) -> [Option] {
        guard let node = file["options"] else { return [] }
        let options = try ConfigurationMembers(file.text, at: node, title: "options", known: nil)
        var found: [Option] = []
        for (name, value) in options.all {
            guard !["config", "workspace", "upstream"].contains(name) else {
                throw options.invalid(name, "cannot stand in a configuration file")
            }
            let value = file.text.document.value(at: value)
            for element in value.arrayValue ?? [value] {
                switch element {
                case .string(let text): found.append(Option(name: name, value: text))
                case .number:
                    found.append(Option(name: name, value: String(decoding: element.serialized(), as: UTF8.self)))
                case .bool(true): found.append(Option(name: name, value: nil))
                case .bool(false): continue
                default: throw options.invalid(name, "must be a text, a number, true, false or a list of these")
                }
            }
        }
        return found
    }
}
