internal import CoreMetrics
private import Glibc

/// The gauges of the process, under the names that all Prometheus clients use.
///
/// https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics
enum ProcessGauges {
    /// Registers the gauges.
    static func register(in registry: MetricsRegistry) {
        let cpu = FloatingPointCounter(label: MetricCatalog.processCPU.name, factory: registry)
        let lastTicks = LastValue()
        let ticksPerSecond = Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
        let pageBytes = Int(sysconf(Int32(_SC_PAGESIZE)))
        if let start = startTime(ticksPerSecond) { registry.gauge(MetricCatalog.processStart).record(start) }
        registry.collect {
            if let process = ProcessStatus.read() {
                cpu.increment(by: Double(lastTicks.increase(to: process.ticks)) / ticksPerSecond)
                registry.gauge(MetricCatalog.processResident).record(process.residentPages * pageBytes)
                registry.gauge(MetricCatalog.processVirtual).record(process.virtualBytes)
                registry.gauge(MetricCatalog.processThreads).record(process.threads)
            }
            if let count = SystemFile.entryCount(ofFolder: "/proc/self/fd") {
                // The descriptor that reads the folder is only open now.
                registry.gauge(MetricCatalog.processDescriptors).record(count - 1)
            }
            var limit = rlimit()
            // SAFETY: the pointer is used during the call only.
            if unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
                registry.gauge(MetricCatalog.processMaximumDescriptors).record(Double(limit.rlim_cur))
            }
        }
    }

    /// The start in Unix time: the start of the system plus that of the process after it.
    private static func startTime(_ ticksPerSecond: Double) -> Double? {
        guard let process = ProcessStatus.read(), let text = SystemFile.text(of: "/proc/stat"),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("btime ") }),
            let boot = Double(line.dropFirst("btime ".count))
        else { return nil }
        return boot + Double(process.startTicks) / ticksPerSecond
    }
}
