internal import ArgumentParser
internal import Sandbox

/// A path that always fails: `/issues/task_4gk0d2m8q1xwz`, `PATCH /issues/ID` or `/projects=503`.
struct FailureArgument: ExpressibleByArgument {
    /// The failure.
    let failure: SandboxFailure

    /// Reads an optional method, a path and an optional status; nil for anything else.
    init?(argument: String) {
        let halves = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let words = halves[0].split(separator: " ")
        guard let path = words.last, path.hasPrefix("/"), words.count <= 2 else { return nil }
        var failure = SandboxFailure(method: words.count == 2 ? words[0].uppercased() : nil, path: String(path))
        if halves.count == 2 {
            guard let status = Int(halves[1]), (200...599).contains(status) else { return nil }
            failure.status = status
        }
        self.failure = failure
    }
}
