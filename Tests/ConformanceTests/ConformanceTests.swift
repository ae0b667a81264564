import Foundation
import Gateway
import JSON
import Testing

/// The specification, section by section: each file of cases is run as `validate --cases` and `execute --cases` run it.
@Suite struct ConformanceTests {
    @Test(arguments: FixtureFile.all(in: "validate"))
    func documentsAreCheckedAsTheSpecificationSays(file: FixtureFile) throws {
        var checker = BatchValidator()
        for line in try file.lines() {
            compare(try Case(line), with: checker.result(of: line))
        }
    }

    @Test(arguments: FixtureFile.all(in: "execute"))
    func operationsAreExecutedAsTheSpecificationSays(file: FixtureFile) throws {
        var executor = BatchExecutor()
        for line in try file.lines() {
            compare(try Case(line), with: executor.result(of: line))
        }
    }

    @Test func theSuiteIsLarge() throws {
        let files = FixtureFile.all(in: "validate") + FixtureFile.all(in: "execute")
        #expect(try files.map { try $0.lines().count }.reduce(0, +) >= 2000)
    }

    /// One case with its expected result.
    private struct Case {
        let id: String
        let expected: JSONValue

        init(_ line: [UInt8]) throws {
            let json = try JSONValue(parsing: line)
            id = try #require(json["id"]?.stringValue)
            // Where graphql-js 16 differs from the specification, the specification counts.
            expected = try #require(json["september2025"] ?? json["expected"])
        }
    }

    private func compare(_ entry: Case, with response: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) {
        let text = String(decoding: response, as: UTF8.self)
        guard let actual = try? JSONValue(parsing: response) else {
            Issue.record("\(entry.id): the response is no JSON: \(text)", sourceLocation: sourceLocation)
            return
        }
        let matches =
            actual["data"].map(Number.normalized) == entry.expected["data"].map(Number.normalized)
            && errors(actual, like: entry.expected) == errors(entry.expected, like: entry.expected)
        #expect(
            matches,
            "\(entry.id)\nexpected \(entry.expected)\nactual   \(text)",
            sourceLocation: sourceLocation
        )
    }

    /// The errors with the members that the expectation has; a path counts only where one is expected.
    private func errors(_ response: JSONValue, like expected: JSONValue) -> [JSONValue] {
        let expectedErrors = expected["errors"]?.arrayValue ?? []
        return (response["errors"]?.arrayValue ?? []).enumerated().map { index, error in
            let hasPath = expectedErrors.indices.contains(index) && expectedErrors[index]["path"] != nil
            return [
                "message": error["message"] ?? .null,
                "locations": error["locations"] ?? [],
                "path": hasPath ? error["path"] ?? .null : .null,
            ]
        }
    }
}

/// Numbers by their value: `1` and `1.0` are the same.
private enum Number {
    static func normalized(_ value: JSONValue) -> JSONValue {
        switch value {
        case .number(let number): number.doubleValue.flatMap { JSONNumber($0) }.map { .number($0) } ?? value
        case .array(let items): .array(items.map(normalized))
        case .object(let object): .object(JSONObject(object.map { ($0.0, normalized($0.1)) }))
        case .null, .bool, .string: value
        }
    }
}

/// A file of cases, one a line.
struct FixtureFile: Sendable, CustomTestStringConvertible {
    let folder: String
    let name: String

    var testDescription: String { "\(folder)/\(name)" }

    private static var root: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures")
    }

    /// The files of a folder, in order of name.
    static func all(in folder: String) -> [FixtureFile] {
        let path = root.appendingPathComponent(folder).path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { $0.hasSuffix(".jsonl") }.sorted().map { FixtureFile(folder: folder, name: $0) }
    }

    /// The lines that are not empty; only line feeds separate them.
    func lines() throws -> [[UInt8]] {
        let url = Self.root.appendingPathComponent(folder).appendingPathComponent(name)
        return try Data(contentsOf: url).split(separator: UInt8(ascii: "\n")).map { Array($0) }
    }
}
