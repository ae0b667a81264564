internal import ArgumentParser
internal import FoundationEssentials
internal import Gateway
internal import Upstream

/// A configuration file as part of the command line.
enum ConfigurationArguments {
    /// The arguments with those of the file that `--config` names before them, so that the command line has the last word.
    static func expanded(_ arguments: [String]) throws -> [String] {
        guard arguments.first == "serve", let path = path(in: arguments) else { return arguments }
        let options = try file(path).options.flatMap { option in
            option.value.map { ["--\(option.name)=\($0)"] } ?? ["--\(option.name)"]
        }
        return ["serve"] + options + arguments.dropFirst()
    }

    /// Reads a configuration file.
    ///
    /// - Throws: a `ValidationError` that says what is wrong with it.
    static func file(_ path: String) throws -> ConfigurationFile {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ValidationError("The file \(path) cannot be read.")
        }
        do {
            return try ConfigurationFile(Array(data), name: path)
        } catch {
            throw ValidationError(error.description)
        }
    }

    /// The credential of a workspace; nil if callers bring their own.
    ///
    /// - Throws: a `ValidationError` if the key is not where it should be.
    static func credential(of workspace: ConfigurationFile.Workspace) throws -> Credential? {
        let text: [UInt8]?
        let origin: String
        switch workspace.key {
        case .passThrough: return nil
        case .text(let key): (text, origin) = (Array(key.utf8), "configuration")
        case .file(let path):
            text = FileManager.default.contents(atPath: path).map { Array($0) }
            origin = "file \(path)"
        case .environment(let name):
            text = ProcessInfo.processInfo.environment[name].map { Array($0.utf8) }
            origin = "environment variable \(name)"
        }
        guard let credential = text.flatMap({ KeyText.credential(in: $0) }) else {
            throw ValidationError(
                "\(workspace.location): The \(origin) has no key for the workspace \"\(workspace.slug)\", or none that can be sent."
            )
        }
        return credential
    }

    private static func path(in arguments: [String]) -> String? {
        for (index, argument) in arguments.enumerated() {
            if argument == "--config" { return arguments.dropFirst(index + 1).first }
            if argument.hasPrefix("--config=") { return String(argument.dropFirst("--config=".count)) }
        }
        return nil
    }
}
