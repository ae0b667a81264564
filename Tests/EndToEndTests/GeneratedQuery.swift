import JSON

/// A query of the example schema, put together by chance from a seed.
struct GeneratedQuery {
    private var generator: SeededNumbers
    private var depth = 0
    private let keys: [String]
    /// What stands behind every alias.
    private let suffix: String
    private(set) var text = ""

    /// Makes a query.
    ///
    /// - Parameters:
    ///   - seed: what the choices follow from.
    ///   - keys: ids of issues and projects that the query may ask for, beside some that do not exist.
    ///   - suffix: what stands behind every alias: queries that differ in this alone ask for the same.
    init(seed: UInt64, keys: [String], suffix: String = "") {
        generator = SeededNumbers(state: seed)
        self.keys = keys
        self.suffix = suffix
        let fields = (0..<number(1, 3)).map { root("r\($0)\(suffix)") }
        text = "{ \(fields.joined(separator: " ")) }"
    }

    private mutating func number(_ least: Int, _ most: Int) -> Int {
        Int(generator.next() % UInt64(most - least + 1)) + least
    }

    private mutating func pick(_ choices: [String]) -> String { choices[number(0, choices.count - 1)] }

    private mutating func root(_ alias: String) -> String {
        switch number(0, 6) {
        case 0, 1: return "\(alias): issues\(paging(160)) \(issues())"
        case 2, 3: return "\(alias): projects\(paging(40)) \(projects())"
        case 4: return "\(alias): issue(id: \"\(key())\") \(issue())"
        case 5: return "\(alias): project(id: \"\(key())\") \(project())"
        default:
            return "\(alias): workspaces { slug issues\(paging(30)) \(issues()) project(id: \"\(key())\") { name } }"
        }
    }

    private mutating func key() -> String { number(0, 3) == 0 ? "none_\(number(0, 9))" : pick(keys) }

    private mutating func paging(_ most: Int) -> String {
        switch number(0, 5) {
        case 0: return ""
        case 1: return "(last: \(number(1, 20)))"
        case 2: return "(page: \(number(1, 6)), perPage: \(number(1, most)))"
        case 3: return "(first: \(number(0, most)), status: \"open\")"
        default: return "(first: \(number(0, most)))"
        }
    }

    /// Paging below other rows: not all fields there have `page`, and few rows keep tests short.
    private mutating func innerPaging() -> String {
        switch number(0, 3) {
        case 0: return "(first: \(number(1, 120)))"
        case 1: return "(first: \(number(1, 5)), status: \"open\")"
        case 2: return "(last: \(number(1, 5)))"
        default: return "(first: \(number(1, 5)))"
        }
    }

    private mutating func issues() -> String {
        switch number(0, 2) {
        case 0: return "{ totalCount nodes \(issue()) }"
        case 1: return "{ edges { cursor node \(issue()) } }"
        default: return "{ nodes \(issue()) edges\(suffix): edges { node \(issue()) } pageInfo { hasNextPage } }"
        }
    }

    private mutating func projects() -> String {
        number(0, 1) == 0 ? "{ nodes \(project()) }" : "{ totalCount edges { node \(project()) } }"
    }

    private mutating func issue() -> String {
        guard depth < 3, number(0, 2) > 0 else { return "{ id\(suffix): id title }" }
        depth += 1
        defer { depth -= 1 }
        return
            "{ id project \(project()) \(number(0, 3) == 0 ? "workspace { slug projects(first: 2) { totalCount } }" : "") }"
    }

    private mutating func project() -> String {
        guard depth < 3, number(0, 2) > 0 else { return "{ id name\(suffix): name }" }
        depth += 1
        defer { depth -= 1 }
        let second = number(0, 2) == 0 ? "more\(suffix): issues\(innerPaging()) { totalCount }" : ""
        return "{ id issues\(innerPaging()) \(issues()) \(second) }"
    }
}

/// Numbers that follow from a seed (xorshift64*).
private struct SeededNumbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        if state == 0 { state = 0x9E37_79B9_7F4A_7C15 }
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return (state &* 0x2545_F491_4F6C_DD1D) >> 11
    }
}
