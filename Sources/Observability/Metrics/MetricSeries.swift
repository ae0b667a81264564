/// The values of one metric with one set of labels.
protocol MetricSeries: AnyObject, Sendable {
    /// Appends the samples of the series to a page.
    func append(to page: inout ExpositionPage, of family: MetricDeclaration, labels: [(String, String)])
}
