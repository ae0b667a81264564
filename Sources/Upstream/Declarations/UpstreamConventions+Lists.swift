extension UpstreamConventions {
    /// The meaning of the parameters of a list without filters.
    var listParameters: ListParameters {
        var parameters = ListParameters()
        parameters.sort = sortParameter
        parameters.order = orderParameter
        parameters.paging = [pageParameter, perPageParameter].compactMap(\.self)
        return parameters
    }
}
