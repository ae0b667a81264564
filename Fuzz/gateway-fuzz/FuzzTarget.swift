import Gateway
import Glibc
import GraphQL
import JSON

/// What is fed with made-up input; chosen by the environment variable `FUZZ_TARGET`.
enum FuzzTarget: String {
    /// Documents of clients: parsed, printed, parsed again, validated, executed on local data.
    case parser
    /// Schemas: built, checked, printed, built again.
    case schema
    /// Bodies of requests.
    case request

    /// The target of this process.
    static let current: FuzzTarget = {
        // SAFETY: nobody changes the environment, and the text is copied at once.
        let name = unsafe getenv("FUZZ_TARGET").map { unsafe String(cString: $0) } ?? ""
        guard let target = FuzzTarget(rawValue: name) else {
            preconditionFailure("FUZZ_TARGET must be parser, schema or request.")
        }
        return target
    }()

    /// Feeds some bytes; whatever they are, nothing may trap.
    func feed(_ bytes: [UInt8]) {
        switch self {
        case .parser: Self.feedParser(bytes)
        case .schema: Self.feedSchema(bytes)
        case .request: Self.feedRequest(bytes)
        }
    }

    private static func feedParser(_ bytes: [UInt8]) {
        guard let document = try? Document(parsing: Source(bytes), limits: .standard) else { return }
        // One by one: a type without fields before a query that is printed without its keyword would be a type with them.
        for definition in document.definitions {
            let printed = definition.text
            let again = try? Document(parsing: Source(printed), limits: .unlimited)
            guard again?.text == printed else { fail("This is printed otherwise the second time:\n\(printed)") }
        }
        let errors = validate(document, schema: knownSchema)
        for error in errors {
            guard error.locations.allSatisfy({ $0.line > 0 && $0.column > 0 }) else { fail(error.message) }
        }
        guard errors.isEmpty else { return }
        var response = OutputBuffer()
        response.append("{")
        localExecution.writeMembers(of: LocalExecution.Request(query: Source(bytes), root: data), into: &response)
        response.append("}")
        let text = response.array()
        guard (try? JSONValue(parsing: text, duplicateKeys: .reject)) != nil else {
            fail("This response is not JSON:\n\(String(decoding: text, as: UTF8.self))")
        }
    }

    private static let localExecution = LocalExecution(schema: knownSchema)

    /// What valid operations are executed on: values that fit, values that do not, and markers.
    private static let data: JSONValue = [
        "a": ["id": 1, "f": "x", "e": "A", "b": [["__typename": "T", "id": nil, "t": nil], nil]],
        "b": [["__typename": "Query", "id": "q", "b": []], ["__typename": "T", "t": true], ["id": 5]],
        "u": ["__typename": "T", "t": ["$error": "no"], "b": [["__typename": "U"]]],
        "id": ["$args": true], "f": 1.5, "e": "C",
    ]

    private static func feedSchema(_ bytes: [UInt8]) {
        guard let schema = try? Schema(sdl: Source(bytes)) else { return }
        let printed = SchemaPrinter.text(of: schema)
        let again = (try? Schema(sdl: Source(printed))).map { SchemaPrinter.text(of: $0) }
        guard again == printed else { fail("This is printed otherwise the second time:\n\(printed)") }
    }

    /// Ends the process, so that libFuzzer keeps the input.
    private static func fail(_ message: String) -> Never {
        print(message)
        fflush(nil)
        abort()
    }

    private static func feedRequest(_ bytes: [UInt8]) {
        _ = try? RequestBody(json: bytes, maximumBatch: 10)
    }

    /// The schema that documents are validated against.
    private static let knownSchema: Schema = {
        let sdl = """
            directive @d(a: Int, b: [In!]) repeatable on FIELD | QUERY | FRAGMENT_SPREAD | INLINE_FRAGMENT | VARIABLE_DEFINITION
            type Query implements N { a(i: Int, s: String!, e: E, o: In, l: [Int!]! = [1]): Query b: [N!] u: U id: ID f: Float e: E }
            type Mutation { a: Int }
            type Subscription { a: Int b: Int }
            interface N { id: ID b: [N!] }
            type T implements N { id: ID b: [N!] t: Boolean! }
            union U = Query | T
            enum E { A B }
            input In { i: Int! = 1 s: [String] in: In o: One }
            input One @oneOf { a: Int b: String }
            """
        do {
            return try Schema(sdl: Source(sdl))
        } catch {
            preconditionFailure("\(error)")
        }
    }()
}

/// What libFuzzer calls for every input.
///
/// https://llvm.org/docs/LibFuzzer.html
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    // SAFETY: libFuzzer lends so many bytes for the time of the call.
    let bytes = unsafe Array(UnsafeBufferPointer(start: data, count: count))
    FuzzTarget.current.feed(bytes)
    return 0
}
