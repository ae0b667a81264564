/// Makes GraphQL names from keys of JSON objects, each name once.
///
/// https://spec.graphql.org/September2025/#Name
struct FieldNames {
    private var taken: Set<String>

    init(taken: [String]) {
        self.taken = Set(taken)
    }

    /// The key in camelCase: `risk_score` becomes `riskScore`, `2nd Line` becomes `_2ndLine`; equal names get a number.
    mutating func name(for key: String) -> String {
        let words = key.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        let head = words.first.map { word in
            word.contains(where: \.isLowercase) ? word.prefix(1).lowercased() + word.dropFirst() : word.lowercased()
        }
        var name = (head ?? "field") + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        if name.first?.isNumber == true { name = "_" + name }
        var candidate = name
        var number = 2
        while !taken.insert(candidate).inserted {
            candidate = "\(name)\(number)"
            number += 1
        }
        return candidate
    }
}
