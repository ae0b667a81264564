internal import JSON

extension ResponseReader {
    /// The error that the response to a GET states despite its success status; nil: it states none.
    func statedError(in json: JSONDocument, to read: UpstreamRead?) -> String? {
        guard let read else { return statedError(in: json, expecting: .anything) }
        // PERF: nearly no response states one; the code below makes a path from the object's key.
        guard json.node(0).kind == .object, errorMember(in: json) != nil else { return nil }
        // An error's body may also have a member with the key's name, such as a request's id; the requested object has its own key there.
        if read.purpose.isByKey, let entity = read.purpose.entity, let key = json.member(entity.key, of: 0),
            let text = json.scalarText(of: key), entity.path(of: text) != read.call.path
        {
            return statedError(in: json, expecting: .object(identifiedBy: [], declaring: read.purpose.content.declared))
        }
        return statedError(in: json, expecting: read.purpose.content)
    }

    /// The error that a response states despite its success status; nil: it states none.
    ///
    /// The members that state one belong to an envelope. A bare object may have members of the same names, which are data:
    /// it is recognized by the members that identify it, and by those that its type declares.
    func statedError(in json: JSONDocument, expecting content: ExpectedContent) -> String? {
        guard json.node(0).kind == .object, let member = errorMember(in: json), !content.isBare(json) else {
            return nil
        }
        let hasEnvelope = conventions.items.flatMap { json.member($0, of: 0) } != nil
        switch content {
        case .rows: break
        case .object: if !hasEnvelope, content.declared.contains(member) { return nil }
        case .anything: if !hasEnvelope { return nil }
        }
        return message(in: json) ?? "The upstream reports an error with a status of success."
    }

    /// The member of a root object that states a failure; nil: there is none.
    private func errorMember(in json: JSONDocument) -> JSONKey? {
        if let success = json.member(conventions.success, of: 0), json.node(success).kind == .false {
            return conventions.success
        }
        guard let error = json.member(conventions.error, of: 0) else { return nil }
        let isError =
            switch json.value(at: error) {
            case .null, .bool(false): false
            case .bool(true): true
            case .number(let number): number.doubleValue != 0
            case .string(let text): !text.isEmpty
            case .array(let items): !items.isEmpty
            case .object(let members): !members.isEmpty
            }
        return isError ? conventions.error : nil
    }

    /// The text of an error's body: its message, else its error as a text, or the message or first text within its error.
    func message(in json: JSONDocument) -> String? {
        guard json.node(0).kind == .object else { return nil }
        if let message = text(conventions.message, of: 0, in: json) { return message }
        guard let error = json.member(conventions.error, of: 0) else { return nil }
        return self.message(ofError: error, in: json)
    }

    private func message(ofError error: Int, in json: JSONDocument) -> String? {
        switch json.node(error).kind {
        case .string:
            return json.stringValue(of: error).flatMap { $0.isEmpty ? nil : $0 }
        case .object:
            if let message = text(conventions.message, of: error, in: json) { return message }
            return json.members(of: error).lazy.compactMap { member in
                json.node(member.value).kind == .string ? self.message(ofError: member.value, in: json) : nil
            }.first
        case .array:
            return json.elements(of: error).lazy.compactMap { self.message(ofError: $0, in: json) }.first
        case .null, .true, .false, .integer, .number, .link, .reference:
            return nil
        }
    }

    /// The text of a member, or those of a list of texts.
    private func text(_ member: JSONKey, of node: Int, in json: JSONDocument) -> String? {
        guard let value = json.member(member, of: node) else { return nil }
        let text =
            json.node(value).kind == .array
            ? json.elements(of: value).compactMap { json.stringValue(of: $0) }.joined(separator: ", ")
            : json.stringValue(of: value) ?? ""
        return text.isEmpty ? nil : text
    }
}
