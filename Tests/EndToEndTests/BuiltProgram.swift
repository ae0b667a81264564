import Foundation

/// A program of the package, as built beside the tests.
struct BuiltProgram {
    let name: String

    /// What a program printed, and how it ended.
    struct Result: Equatable {
        let status: Int32
        let output: String
        let errors: String
    }

    /// Whether the package has the program.
    var exists: Bool { FileManager.default.isExecutableFile(atPath: path) }

    private var path: String {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent(name).path
    }

    /// Runs the program in a folder until it ends.
    func run(_ arguments: [String], in folder: String) throws -> Result {
        try Self.run(path, arguments, in: folder)
    }

    /// Runs any program in a folder until it ends.
    static func run(_ path: String, _ arguments: [String], in folder: String) throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        let (output, errors) = (Pipe(), Pipe())
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        // What goes to standard error fits into the pipe, so that reading one after the other cannot block.
        let text = output.fileHandleForReading.readDataToEndOfFile()
        let complaints = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus,
            output: String(decoding: text, as: UTF8.self),
            errors: String(decoding: complaints, as: UTF8.self)
        )
    }
}
