internal import GraphQL
internal import JSON
internal import Upstream

/// The SDL that makes keys of free-form objects fields of their own, for reading and for writing.
struct InferredFields {
    let samples: FieldSamples
    /// The object type that shows the objects.
    let type: NamedType
    /// The input type that takes them; nil: there is none.
    let input: NamedType?
    /// The scalar of any JSON.
    let any: String
    /// The keys that the type shows in fields of their own already.
    let shownKeys: Set<String>

    /// The extensions, as text.
    var sdl: String {
        var extensions: [String] = []
        let fields = lines(taken: type.fields.map(\.name), known: shownKeys)
        if !fields.isEmpty { extensions.append("extend type \(type.name) {\n\(fields)}\n") }
        if let input {
            let known = Set(input.inputFields.map(\.upstreamName))
            let fields = lines(taken: input.inputFields.map(\.name), known: known)
            if !fields.isEmpty { extensions.append("extend input \(input.name) {\n\(fields)}\n") }
        }
        return extensions.joined(separator: "\n")
    }

    private func lines(taken: [String], known: Set<String>) -> String {
        let keys = samples.keys.filter { !known.contains($0.name) }.sorted { $0.name < $1.name }
        let names = names(of: keys.map(\.name), taken: Set(taken))
        var lines = ""
        for key in keys {
            let name = names[key.name] ?? ""
            lines += "  \"\(key.description(of: samples.count))\"\n  \(name): \(key.type(orElse: any))"
            if name.snakeCased != key.name {
                lines += " @json(name: \(String(decoding: JSONValue.string(key.name).serialized(), as: UTF8.self)))"
            }
            lines += "\n"
        }
        return lines
    }

    /// A name for each key; those whose name says the key already come before others that would have the same.
    private func names(of keys: [String], taken: Set<String>) -> [String: String] {
        var taken = taken
        var names: [String: String] = [:]
        let exact = keys.filter { Self.name(of: $0).snakeCased == $0 }
        for key in exact + keys.filter({ Self.name(of: $0).snakeCased != $0 }) {
            let base = Self.name(of: key)
            var name = base
            var number = 2
            while !taken.insert(name).inserted {
                name = "\(base)_\(number)"
                number += 1
            }
            names[key] = name
        }
        return names
    }

    /// A name of the schema for a key: `risk_score` becomes `riskScore`, and what no name may have becomes `_`.
    ///
    /// https://spec.graphql.org/September2025/#Name
    static func name(of key: String) -> String {
        var name = ""
        var beginsWord = false
        for character in key.unicodeScalars {
            let isPart = character.isASCII && (character.properties.isAlphabetic || "0"..."9" ~= character)
            guard isPart else {
                beginsWord = true
                continue
            }
            if beginsWord, !name.isEmpty { name += "0"..."9" ~= character ? "_" : "" }
            name += beginsWord && !name.isEmpty ? String(character).uppercased() : String(character)
            beginsWord = false
        }
        if name.isEmpty { return "field" }
        return name.first?.isNumber == true ? "_\(name)" : name
    }
}
