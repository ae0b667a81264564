internal import NIOCore

/// The objects that the connections of one event loop share.
///
/// Confined to the event loop.
final class EventLoopShare {
    private let eventLoop: any EventLoop
    private var timers: [TimeAmount: IdleTimer] = [:]
    private var objects: [ObjectIdentifier: AnyObject] = [:]
    /// The frame that was sent last to one of several connections.
    var frame = SharedFrame()

    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    /// The timer of all connections with the same idle timeout.
    func idleTimer(_ timeout: TimeAmount) -> IdleTimer {
        if let timer = timers[timeout] { return timer }
        let timer = IdleTimer(timeout: timeout, eventLoop: eventLoop)
        timers[timeout] = timer
        return timer
    }

    /// The loop's only object of a type; made when it is first needed.
    func only<Object: AnyObject>(_ type: Object.Type, make: () -> Object) -> Object {
        if let object = objects[ObjectIdentifier(type)] as? Object { return object }
        let object = make()
        objects[ObjectIdentifier(type)] = object
        return object
    }
}
