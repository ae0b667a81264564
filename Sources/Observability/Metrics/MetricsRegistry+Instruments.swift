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

    /// A histogram of the catalogue.
    func histogram(_ metric: MetricDeclaration, _ values: String...) -> Recorder {
        Recorder(label: metric.name, dimensions: metric.dimensions(values), aggregate: true, factory: self)
    }
}

extension MetricDeclaration {
    fileprivate func dimensions(_ values: [String]) -> [(String, String)] { Array(zip(labels, values)) }
}
