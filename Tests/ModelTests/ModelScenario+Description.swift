import GatewayTestSupport
import Sandbox
import Upstream

extension ModelScenario: CustomStringConvertible {
    /// What differs from what is usual.
    var description: String {
        let parts =
            (configuration.plan == .unlimited
                ? [] : ["\(configuration.plan.reads ?? 0) reads in \(configuration.window)"])
            + differences(configuration.behavior, SandboxBehavior()) + differences(faults, SandboxFaults())
            + differences(options.spending, .init())
        let rows =
            "\(configuration.projects) projects, \(configuration.issues) issues, \(configuration.trashed) trashed"
        return ([rows, "maxAge \(maxAge)\(ages ? ", ages by \(agingTime)" : "")"] + parts).joined(separator: ", ")
    }

    private func differences<Value>(_ value: Value, _ usual: Value) -> [String] {
        zip(Mirror(reflecting: value).children, Mirror(reflecting: usual).children).compactMap { own, other in
            let (text, usual) = ("\(own.value)", "\(other.value)")
            return text == usual ? nil : "\(own.label ?? "") \(text)"
        }
    }
}
