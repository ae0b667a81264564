internal import JSON

/// What a configuration file says: the workspaces with their keys, who may use these keys, and options of `serve`.
package struct ConfigurationFile: Sendable {
    /// One workspace.
    package struct Workspace: Sendable, Hashable {
        package let slug: String
        package let url: String
        /// The name of the keys' plan; nil: that of the command line.
        package let plan: String?
        package let key: Key
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

    /// What is wrong with a file, and where; never shows a key.
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
        let root: JSONValue
        do throws(JSONError) {
            root = try JSONValue(parsing: text, duplicateKeys: .reject)
        } catch {
            throw Invalid(description: "\(name):\(Self.place(of: error.offset, in: text)): \(error.message)")
        }
        let members = try ConfigurationMembers(root, at: name, known: ["clients", "workspaces", "options"])
        workspaces = try Self.workspaces(members)
        options = try Self.options(members)
        let opens = try members.text("clients") ?? "keys"
        guard ["keys", "anonymous"].contains(opens) else {
            throw members.invalid("clients", "must be \"keys\" or \"anonymous\"")
        }
        // Otherwise whoever reaches the gateway would use keys of which nobody said that all may.
        guard opens == "anonymous" || workspaces.allSatisfy({ $0.key == .passThrough }) else {
            throw Invalid(
                description: """
                    \(name): a workspace has a key, which everybody who reaches the gateway would use. \
                    Say "clients": "anonymous" if that is meant; otherwise leave the key out, so that callers bring theirs.
                    """
            )
        }
    }

    private static func workspaces(_ members: ConfigurationMembers) throws(Invalid) -> [Workspace] {
        var found: [Workspace] = []
        for (index, element) in try members.list("workspaces").enumerated() {
            let known = ["slug", "url", "plan", "key", "keyFile", "keyEnvironment"]
            let entry = try ConfigurationMembers(element, at: "\(members.place): workspaces[\(index)]", known: known)
            guard let slug = try entry.text("slug"), let url = try entry.text("url") else {
                throw Invalid(description: "\(entry.place): a workspace needs \"slug\" and \"url\".")
            }
            guard !found.contains(where: { $0.slug == slug }) else {
                throw entry.invalid("slug", "is another workspace's too")
            }
            found.append(Workspace(slug: slug, url: url, plan: try entry.text("plan"), key: try key(entry)))
        }
        return found
    }

    private static func key(_ entry: ConfigurationMembers) throws(Invalid) -> Key {
        var keys: [Key] = []
        if let key = try entry.text("key") { keys.append(.text(key)) }
        if let file = try entry.text("keyFile") { keys.append(.file(file)) }
        if let variable = try entry.text("keyEnvironment") { keys.append(.environment(variable)) }
        guard keys.count <= 1 else {
            throw Invalid(description: "\(entry.place): give one of \"key\", \"keyFile\" and \"keyEnvironment\".")
        }
        return keys.first ?? .passThrough
    }

    private static func options(_ members: ConfigurationMembers) throws(Invalid) -> [Option] {
        guard let value = members["options"] else { return [] }
        let options = try ConfigurationMembers(value, at: "\(members.place): options", known: nil)
        var found: [Option] = []
        for (name, value) in options.object {
            guard !["config", "workspace", "upstream"].contains(name) else {
                throw options.invalid(name, "cannot stand in a configuration file")
            }
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

    /// The line and column of a byte, both from 1.
    private static func place(of offset: Int, in text: [UInt8]) -> String {
        let before = text.prefix(offset)
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return "\(line):\(before.count - start + 1)"
    }
}
