internal import CoreMetrics

extension MetricsRegistry {
    /// A counter of the catalogue.
    func counter(_ metric: MetricDeclaration, _ values: String...) -> Counter {
        Counter(label: metric.name, dimensions: metric.dimensions(values), factory: self)
    }

    /// A gauge of the catalogue.
    func gauge(_ metric: MetricDeclaration, _ values: String...) -> Gauge {
        Gauge(label: metric.name, dimensions: metric.dimensions(values), factory: self)
    }

    /// A histogram of durations of the catalogue.
    func timer(_ metric: MetricDeclaration, _ values: String...) -> Timer {
        Timer(label: metric.name, dimensions: metric.dimensions(values), factory: self)
    }
}

// PERF: counted for each request: the functions of swift-metrics take any kind of number, which costs many times the counting.
extension MetricsRegistry {
    /// What a counter of the catalogue counts in.
    func counterSeries(_ metric: MetricDeclaration, _ values: String...) -> CounterSeries {
        series(metric.name, metric.dimensions(values), .counter, unit: nil) { _ in CounterSeries() }
    }

    /// What a histogram of durations of the catalogue counts nanoseconds in.
    func timerSeries(_ metric: MetricDeclaration, _ values: String...) -> HistogramSeries {
        series(metric.name, metric.dimensions(values), .histogram, unit: "seconds") {
            HistogramSeries(bounds: $0.bounds, scale: 1e9)
        }
    }

    /// What a histogram of the catalogue counts in.
    func histogramSeries(_ metric: MetricDeclaration, _ values: String...) -> HistogramSeries {
        series(metric.name, metric.dimensions(values), .histogram, unit: nil) {
            HistogramSeries(bounds: $0.bounds, scale: 1)
        }
    }
}

extension MetricDeclaration {
    fileprivate func dimensions(_ values: [String]) -> [(String, String)] { Array(zip(labels, values)) }
}
