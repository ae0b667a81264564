internal import JSON
internal import Upstream

extension [CallEvent] {
    /// The events in the order of their begin, as a response reports them; equal uses of one cached response share an entry.
    var json: JSONValue {
        let sorted = self.enumerated().sorted { left, right in
            left.element.startedAt == right.element.startedAt
                ? left.offset < right.offset : left.element.startedAt < right.element.startedAt
        }.map(\.element)
        guard let start = sorted.first?.startedAt else { return [] }
        var entries: [JSONObject] = []
        var cached: [[String]: Int] = [:]
        for event in sorted {
            if event.source == .cache {
                if let entry = cached[[event.workspace, event.path]] {
                    entries[entry]["uses"] = .integer((entries[entry]["uses"]?.intValue ?? 1) + 1)
                    continue
                }
                cached[[event.workspace, event.path]] = entries.count
            }
            entries.append(event.json(since: start))
        }
        return .array(entries.map { .object($0) })
    }
}

extension CallEvent {
    fileprivate func json(since start: ContinuousClock.Instant) -> JSONObject {
        var json: JSONObject = ["source": .string(source.rawValue), "workspace": .string(workspace)]
        if !path.isEmpty {
            json["method"] = .string(method)
            json["path"] = .string(path)
        }
        json["startMicroseconds"] = .integer((startedAt - start).wholeMicroseconds)
        json["durationMicroseconds"] = .integer(duration.wholeMicroseconds)
        if let status { json["status"] = .integer(status) }
        if let rows { json["rows"] = .integer(rows) }
        return json
    }
}

extension Duration {
    /// The number of whole microseconds.
    fileprivate var wholeMicroseconds: Int {
        Int(components.seconds) * 1_000_000 + Int(components.attoseconds / 1_000_000_000_000)
    }
}
