internal import NIOHTTP1

extension HTTPHeaders {
    /// Removes the spaces and tabs around values, which are no part of them.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9110#section-5.5-3
    mutating func trimValues() {
        // PERF: hardly any request has one.
        guard contains(where: { HeaderList.isSurrounded($0.value) }) else { return }
        let names = Set(filter { HeaderList.isSurrounded($0.value) }.map { $0.name.lowercased() })
        // Options of a connection are trimmed one by one where they are read, and NIO keeps what its parser has found in them.
        for name in names where name != "connection" {
            let values = self[name]
            remove(name: name)
            for value in values { add(name: name, value: String(HeaderList.trim(value[...]))) }
        }
    }
}
