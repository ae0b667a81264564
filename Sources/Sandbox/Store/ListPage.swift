/// One page of a list, encoded.
struct ListPage: Sendable {
    /// The whole response: `{"data": […], "count": …, "error": null}`.
    let body: [UInt8]

    /// Whether the page lies beyond the end of the list.
    let isPastEnd: Bool

    /// Whether rows come after the page.
    let hasMore: Bool

    /// Assembles the response from the rows' JSON.
    ///
    /// `window` is the range of the page among `total` rows; if `count` is nil, the response has no such member.
    init(rows: some Collection<[UInt8]>, window: Range<Int>, total: Int, count: Int?, extraMembers: Bool) {
        var body: [UInt8] = []
        body.reserveCapacity(rows.reduce(96) { $0 + $1.count + 1 })
        body += #"{"data":["#.utf8
        for row in rows {
            body += row
            body.append(UInt8(ascii: ","))
        }
        if !rows.isEmpty { body.removeLast() }
        body += "]".utf8
        if let count { body += #","count":\#(count)"#.utf8 }
        if extraMembers { body += #","meta":{"region":"eu"}"#.utf8 }
        body += #","error":null}"#.utf8
        self.body = body
        isPastEnd = window.lowerBound >= total
        hasMore = window.upperBound < total
    }
}
