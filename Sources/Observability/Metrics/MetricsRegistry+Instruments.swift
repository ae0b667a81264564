internal import CoreMetrics

extension MetricsRegistry {
    /// A counter of the catalog.
    func counter(_ metric: MetricDeclaration, _ values: String...) -> Counter {
        Counter(label: metric.name, dimensions: metric.dimensions(values), factory: self)
    }

    /// A gauge of the catalog.
    func gauge(_ metric: MetricDeclaration, _ values: String...) -> Gauge {
        Gauge(label: metric.name, dimensions: metric.dimensions(values), factory: self)
    }

    /// A histogram of durations of the catalog.
    func timer(_ metric: MetricDeclaration, _ values: String...) -> Timer {
        Timer(label: metric.name, dimensions: metric.dimensions(values), factory: self)
    }
}

// PERF: used for each request: the functions of swift-metrics are generic over numbers, which costs many times the counting.
extension MetricsRegistry {
    /// The series of a counter of the catalog.
    func counterSeries(_ metric: MetricDeclaration, _ values: String...) -> CounterSeries {
        series(metric.name, metric.dimensions(values), .counter, unit: nil) { _ in CounterSeries() }
    }

    /// The series of a histogram of durations of the catalog, which records nanoseconds.
    func timerSeries(_ metric: MetricDeclaration, _ values: String...) -> HistogramSeries {
        series(metric.name, metric.dimensions(values), .histogram, unit: "seconds") {
            HistogramSeries(bounds: $0.bounds, scale: 1e9)
        }
    }

    /// The series of a histogram of the catalog.
    func histogramSeries(_ metric: MetricDeclaration, _ values: String...) -> HistogramSeries {
        series(metric.name, metric.dimensions(values), .histogram, unit: nil) {
            HistogramSeries(bounds: $0.bounds, scale: 1)
        }
    }
}

extension MetricDeclaration {
    fileprivate func dimensions(_ values: [String]) -> [(String, String)] { Array(zip(labels, values)) }
}
