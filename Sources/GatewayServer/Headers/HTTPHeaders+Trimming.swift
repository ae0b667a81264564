internal import NIOHTTP1

extension HTTPHeaders {
    /// Removes spaces and tabs around values, as they are not part of them.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9110#section-5.5-3
    mutating func trimValues() {
        // PERF: hardly any request has one.
        guard contains(where: { HeaderList.isSurrounded($0.value) }) else { return }
        let names = Set(filter { HeaderList.isSurrounded($0.value) }.map { $0.name.lowercased() })
        // Options of a connection are trimmed where they are read, and NIO has cached what its parser found in them.
        for name in names where name != "connection" {
            let values = self[name]
            remove(name: name)
            for value in values { add(name: name, value: String(HeaderList.trim(value[...]))) }
        }
    }
}
