internal import ArgumentParser
internal import Foundation
internal import Gateway
internal import Upstream

/// `workestra-gateway infer-fields`: prints the SDL for fields that a workspace has defined for itself.
struct InferFieldsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "infer-fields",
        abstract: "Looks at objects with free-form fields, and prints the SDL that gives those fields types.",
        discussion: """
            Which objects those are is told by the schema: a type with a field of any JSON that is @self. Put what is printed \
            into a file beside the schema's. Exits with 0, with 1 if the samples cannot be had, and with 2 for a bad call.
            """
    )

    @OptionGroup var schema: SchemaFiles

    @Option(help: "The upstream's base URL, such as https://acme.workestra.app/api/v1.")
    var upstream: String

    @Option(help: "A file that holds the key and nothing else; without it no key is sent.")
    var keyFile: String?

    @Option(help: "How many objects of each collection are looked at.")
    var samples: Int = 200

    @Option(help: "The free-form type; every one that there is if not given.")
    var type: String?

    @Option(help: "The input type that takes such objects; the type's name with Input if not given.")
    var input: String?

    func validate() throws {
        guard (1...10_000).contains(samples) else { throw ValidationError("--samples must be from 1 to 10000.") }
        guard upstream.hasPrefix("http://") || upstream.hasPrefix("https://") else {
            throw ValidationError("The base URL \(upstream) must begin with http:// or https://.")
        }
    }

    func run() async throws {
        let loaded = try schema.load()
        let credential = try credential()
        let transport = try CurlTransport()
        let workspace = Workspace(
            index: 0,
            slug: "main",
            client: UpstreamClient(baseURL: upstream, transport: transport),
            conventions: loaded.bindings.conventions
        )
        let inference = FieldInference(
            schema: loaded,
            broker: CallBroker(workspaces: [workspace]),
            credential: credential
        )
        do {
            print(try await inference.sdl(samples: samples, type: type, input: input), terminator: "")
            await transport.shutDown()
        } catch {
            await transport.shutDown()
            FileHandle.standardError.write(Data("Error: \(error.message)\n".utf8))
            throw ExitCode(1)
        }
    }

    private func credential() throws -> Credential? {
        guard let keyFile else { return nil }
        guard let data = FileManager.default.contents(atPath: keyFile) else {
            throw ValidationError("The file \(keyFile) cannot be read.")
        }
        let key = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard !key.isEmpty, key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw ValidationError("The file \(keyFile) must hold a key: one word of visible ASCII.")
        }
        return Credential(key: key)
    }
}
