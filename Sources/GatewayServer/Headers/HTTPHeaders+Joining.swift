internal import NIOHTTP1

extension HTTPHeaders {
    /// The values of all fields of that name, joined as one.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9110#section-5.3
    func joined(_ name: String) -> String? {
        // PERF: most fields that are asked for are not there.
        guard contains(name: name) else { return nil }
        return self[name].joined(separator: ", ")
    }
}
