private import CLibyaml

/// The events of a YAML text, read one after another by libyaml.
///
/// Anchors, aliases and tags are refused: configurations do not need them, and they could make a small text large.
@safe
struct YAMLEvents: ~Copyable {
    // SAFETY: made by `init`, used by this value alone, freed by `deinit`; the text that it reads outlives it.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let text: UnsafeBufferPointer<UInt8>

    /// Makes the events of a text, which must outlive them.
    init(_ text: UnsafeBufferPointer<UInt8>) throws(TextFault) {
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        guard unsafe yaml_parser_initialize(parser) != 0 else {
            unsafe parser.deallocate()
            throw TextFault(position: TextPosition(line: 1, column: 1), message: "there is no memory to read the file.")
        }
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        unsafe yaml_parser_set_input_string(parser, text.baseAddress, text.count)
        unsafe (self.parser, self.text) = (parser, text)
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
    }

    /// The next event.
    mutating func next() throws(TextFault) -> YAMLEvent {
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &event) != 0 else { throw fault }
        defer { unsafe yaml_event_delete(&event) }
        let position = unsafe Self.position(event.start_mark)
        return YAMLEvent(position: position, kind: try unsafe Self.kind(of: event, at: position))
    }

    private static func kind(of event: yaml_event_t, at position: TextPosition) throws(TextFault) -> YAMLEvent.Kind {
        switch unsafe event.type {
        case YAML_SCALAR_EVENT:
            let scalar = unsafe event.data.scalar
            try check(unsafe scalar.anchor != nil, unsafe scalar.tag != nil, at: position)
            // SAFETY: libyaml gives as many bytes as it states, which it has checked to be UTF-8.
            let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            let text = unsafe String(decoding: bytes, as: UTF8.self)
            return .scalar(.init(text: text, isPlain: unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE))
        case YAML_SEQUENCE_START_EVENT:
            let start = unsafe event.data.sequence_start
            try check(unsafe start.anchor != nil, unsafe start.tag != nil, at: position)
            return .listStart
        case YAML_MAPPING_START_EVENT:
            let start = unsafe event.data.mapping_start
            try check(unsafe start.anchor != nil, unsafe start.tag != nil, at: position)
            return .membersStart
        case YAML_ALIAS_EVENT:
            try check(true, false, at: position)
            return .streamEnd
        case YAML_SEQUENCE_END_EVENT: return .listEnd
        case YAML_MAPPING_END_EVENT: return .membersEnd
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_DOCUMENT_END_EVENT: return .documentEnd
        case YAML_STREAM_START_EVENT: return .streamStart
        default: return .streamEnd
        }
    }

    private static func check(_ hasAnchor: Bool, _ hasTag: Bool, at position: TextPosition) throws(TextFault) {
        guard hasAnchor || hasTag else { return }
        let what = hasAnchor ? "anchors (&name) and aliases (*name)" : "tags (!name)"
        throw TextFault(position: position, message: "\(what) are not supported; quote the value if it is a text.")
    }

    /// The fault that prevents reading on.
    private var fault: TextFault {
        let problem = unsafe parser.pointee.problem.map { unsafe String(cString: $0) } ?? "the text is no YAML"
        guard unsafe parser.pointee.error != YAML_READER_ERROR else {
            let offset = unsafe min(parser.pointee.problem_offset, text.count)
            return TextFault(
                position: TextPosition(of: offset, in: unsafe Array(text)),
                message: "\(problem): the file must be UTF-8 without control characters."
            )
        }
        let position = unsafe Self.position(parser.pointee.problem_mark)
        if isTab(at: position) {
            return TextFault(position: position, message: "a tab cannot stand here; indent with spaces.")
        }
        let context = unsafe parser.pointee.context.map { unsafe " \(String(cString: $0))" } ?? ""
        return TextFault(position: position, message: "\(problem)\(context).")
    }

    private func isTab(at position: TextPosition) -> Bool {
        var line = 1
        var column = 1
        for byte in unsafe Array(text) {
            if line == position.line, column == position.column { return byte == UInt8(ascii: "\t") }
            guard byte != UInt8(ascii: "\n") else {
                if line == position.line { return false }
                (line, column) = (line + 1, 1)
                continue
            }
            // Continuation bytes of UTF-8 belong to the character before.
            if byte & 0xC0 != 0x80 { column += 1 }
        }
        return false
    }

    private static func position(_ mark: yaml_mark_t) -> TextPosition {
        TextPosition(line: mark.line + 1, column: mark.column + 1)
    }
}
