/// One page of a list, encoded.
struct ListPage: Sendable {
    /// What the envelope holds beside the rows.
    struct Form {
        /// The meaning of `count`.
        let count: CountReading

        /// Whether there is a member that nobody knows.
        let extraMembers: Bool
    }

    /// The whole answer: `{"data": […], "count": …, "error": null}`.
    let body: [UInt8]

    /// Whether the page has no rows.
    let isEmpty: Bool

    /// Whether rows come after the page.
    let hasMore: Bool

    /// Assembles the answer from the rows' JSON.
    ///
    /// `end` is where the page ends among `total` rows.
    init(rows: some Collection<[UInt8]>, total: Int, end: Int, form: Form) {
        var body: [UInt8] = []
        body.reserveCapacity(rows.reduce(96) { $0 + $1.count + 1 })
        body += #"{"data":["#.utf8
        for row in rows {
            body += row
            body.append(UInt8(ascii: ","))
        }
        if !rows.isEmpty { body.removeLast() }
        body += "]".utf8
        switch form.count {
        case .total: body += #","count":\#(total)"#.utf8
        case .page: body += #","count":\#(rows.count)"#.utf8
        case .missing: break
        }
        if form.extraMembers { body += #","meta":{"region":"eu"}"#.utf8 }
        body += #","error":null}"#.utf8
        self.body = body
        isEmpty = rows.isEmpty
        hasMore = end < total
    }
}
