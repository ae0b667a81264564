internal import Gateway
private import NIOHTTP1
private import Upstream

extension Caller {
    /// Reads the keys that a request brings: `Authorization` for the first workspace, and `Workspace-Key: SLUG KEY` for each
    /// other one; and whether it asks for `Gateway-Report: calls`.
    init(_ request: HTTPRequest) {
        self.init(credential: request.header("authorization").map { Credential(authorization: $0) })
        for value in request.head.headers["workspace-key"] {
            let parts = value.split(separator: " ", maxSplits: 1)
            guard parts.count == 2 else { continue }
            workspaceCredentials[String(parts[0])] = Credential(key: parts[1].trimmingPrefix(" "))
        }
        wantsReport = request.header("gateway-report") == "calls"
    }
}

extension Substring {
    /// The text without spaces at its start.
    fileprivate func trimmingPrefix(_ character: Character) -> String { String(drop { $0 == character }) }
}
