internal import NIOHTTP1

extension HTTPHeaders {
    /// The values of all fields with a name, joined as one; nil: there is none.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9110#section-5.3
    func joined(_ name: String) -> String? {
        // PERF: most fields that are looked up are absent.
        guard contains(name: name) else { return nil }
        return self[name].joined(separator: ", ")
    }

    /// The value of the only field with a name; nil: there is none, or there are several.
    func only(_ name: String) -> String? {
        guard contains(name: name) else { return nil }
        let values = self[name]
        return values.count == 1 ? values[0] : nil
    }
}
