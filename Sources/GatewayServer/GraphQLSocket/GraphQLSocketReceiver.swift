internal import Gateway
internal import NIOCore

/// Passes the results of a stream to the connection of its subscriber.
final class GraphQLSocketReceiver: ResultReceiver {
    private let socket: NIOLoopBound<GraphQLSocket>
    private let id: String
    /// Distinguishes the operation from others with the same id.
    private let number: Int

    init(_ socket: NIOLoopBound<GraphQLSocket>, _ id: String, _ number: Int) {
        (self.socket, self.id, self.number) = (socket, id, number)
    }

    func receive(_ event: StreamEvent) { socket.value.receive(event, of: id, number) }

    func didReceive() { socket.value.didReceive() }
}
