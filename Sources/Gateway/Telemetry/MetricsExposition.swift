/// Formats the metrics of the process as text.
package protocol MetricsExposition: Sendable {
    /// All metrics with their current values.
    ///
    /// - Parameter isOpenMetrics: whether the page is in the OpenMetrics format; false: in the Prometheus text format.
    /// - Returns: the page.
    func page(inOpenMetrics isOpenMetrics: Bool) -> MetricsPage
}
