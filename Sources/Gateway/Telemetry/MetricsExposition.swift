/// Shows the metrics of the process in a text format.
package protocol MetricsExposition: Sendable {
    /// All metrics as they are now.
    ///
    /// - Parameter isOpenMetrics: whether the page is in the format OpenMetrics, and not in the one before it.
    /// - Returns: the page.
    func page(inOpenMetrics isOpenMetrics: Bool) -> MetricsPage
}
