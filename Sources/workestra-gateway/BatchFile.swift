internal import ArgumentParser
private import Dispatch
private import FoundationEssentials
internal import Gateway
private import Synchronization

/// A file of cases, one a line.
struct BatchFile {
    let path: String

    /// The stack size of a worker thread: deep documents are walked by recursion.
    private static let stackBytes = 8 << 20
    /// The fewest lines for which a further thread is worthwhile.
    private static let fewestLines = 16

    /// Prints the result of each line that is not empty, in order; every core evaluates a part of them.
    ///
    /// - Throws: a `ValidationError` if the file cannot be read; the exit code 2 if a line was no case.
    func evaluate<Evaluator: BatchEvaluating & ~Copyable>(by type: Evaluator.Type) throws {
        let text = try text()
        let lines = Self.lines(of: text)
        let count = max(1, min(ProcessInfo.processInfo.activeProcessorCount, lines.count / Self.fewestLines))
        let parts = (0..<count).map { part in
            Part<Evaluator>(text: text, lines: lines[lines.count * part / count..<lines.count * (part + 1) / count])
        }
        for part in parts {
            DetachedThread.start(stackBytes: Self.stackBytes) { part.run() }
        }
        var malformedLines = 0
        for part in parts { malformedLines += part.finish { StandardStream.output.write($0) } }
        if malformedLines > 0 { throw ExitCode(2) }
    }

    private func text() throws -> [UInt8] {
        if path == "-" { return StandardStream.readInput() }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ValidationError("The file \(path) cannot be read.")
        }
        // PERF: `Data` checks each byte that is read of it for exclusive access.
        return [UInt8](data)
    }

    private static func lines(of text: [UInt8]) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = 0
        while start < text.count {
            let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
            let line = start..<(end > start && text[end - 1] == UInt8(ascii: "\r") ? end - 1 : end)
            start = end + 1
            if text[line].allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) { continue }
            lines.append(line)
        }
        return lines
    }
}

/// Some lines of a file, evaluated on one thread; the results are taken on another.
private final class Part<Evaluator: BatchEvaluating & ~Copyable>: Sendable {
    private let text: [UInt8]
    private let lines: ArraySlice<Range<Int>>
    private let results = Mutex(Results())
    private let progress = DispatchSemaphore(value: 0)

    private struct Results {
        var bytes: [UInt8] = []
        var malformedLines: Int?
    }

    init(text: [UInt8], lines: ArraySlice<Range<Int>>) {
        self.text = text
        self.lines = lines
    }

    /// Evaluates the lines.
    func run() {
        var evaluator = Evaluator()
        var pending: [UInt8] = []
        for line in lines {
            pending += evaluator.result(of: Array(text[line]))
            pending.append(UInt8(ascii: "\n"))
            guard pending.count > 1 << 16 else { continue }
            results.withLock { $0.bytes += pending }
            progress.signal()
            pending.removeAll(keepingCapacity: true)
        }
        let malformedLines = evaluator.malformedLines
        results.withLock { results in
            results.bytes += pending
            results.malformedLines = malformedLines
        }
        progress.signal()
    }

    /// Hands over results as they come, until the last, and returns the number of lines that were no valid case.
    func finish(_ take: ([UInt8]) -> Void) -> Int {
        while true {
            progress.wait()
            let (bytes, malformedLines) = results.withLock { results in
                defer { results.bytes = [] }
                return (results.bytes, results.malformedLines)
            }
            take(bytes)
            if let malformedLines { return malformedLines }
        }
    }
}
