package import JSON

/// A value as error messages show it: like graphql-js, with deep or long parts omitted.
package func inspect(_ value: JSONValue) -> String {
    var inspection = ValueInspection()
    inspection.write(value, depth: 0)
    return inspection.text
}

private struct ValueInspection {
    var text = ""

    /// The most items of a list that are shown.
    private static let maximumItems = 10
    /// The most levels of lists and objects whose contents are shown.
    private static let maximumDepth = 2
    /// The most bytes of the text, so that errors stay small whatever was sent.
    private static let maximumLength = 4096

    mutating func write(_ value: JSONValue, depth: Int) {
        switch value {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .number(let number): text += shown(number)
        case .string(let string): write(string)
        case .array(let items): write(items, depth: depth)
        case .object(let object): write(object, depth: depth)
        }
    }

    /// The number as JavaScript shows it, which represents numbers as doubles.
    private func shown(_ number: JSONNumber) -> String {
        guard let double = number.doubleValue, let shown = JSONNumber(double) else {
            return number.text.hasPrefix("-") ? "-Infinity" : "Infinity"
        }
        return shown.text
    }

    private mutating func write(_ string: String) {
        guard string.utf8.count > Self.maximumLength else {
            text += JSONValue.string(string).description
            return
        }
        var start = String.UnicodeScalarView()
        start.append(contentsOf: string.unicodeScalars.prefix(Self.maximumLength))
        text += JSONValue.string(String(start) + "…").description
    }

    private mutating func write(_ items: [JSONValue], depth: Int) {
        if items.isEmpty {
            text += "[]"
            return
        }
        if depth >= Self.maximumDepth {
            text += "[Array]"
            return
        }
        text += "["
        for (index, item) in items.prefix(Self.maximumItems).enumerated() {
            if index > 0 { text += ", " }
            write(item, depth: depth + 1)
        }
        let rest = items.count - Self.maximumItems
        if rest > 0 { text += rest == 1 ? ", ... 1 more item" : ", ... \(rest) more items" }
        text += "]"
    }

    private mutating func write(_ object: JSONObject, depth: Int) {
        if object.isEmpty {
            text += "{}"
            return
        }
        if depth >= Self.maximumDepth {
            text += "[Object]"
            return
        }
        text += "{ "
        var isFirst = true
        for (key, value) in object {
            if !isFirst { text += ", " }
            isFirst = false
            if text.utf8.count > Self.maximumLength {
                text += "…"
                break
            }
            text += "\(key): "
            write(value, depth: depth + 1)
        }
        text += " }"
    }
}
