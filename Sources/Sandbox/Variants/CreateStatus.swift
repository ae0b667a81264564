/// The status of a POST that created something and responds with it.
package enum CreateStatus: String, CaseIterable, Sendable {
    /// 201.
    case created = "201"
    /// 200.
    case ok = "200"
}
