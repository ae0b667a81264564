private import Glibc

/// A thread without a join.
///
/// libdispatch's threads are not used, as they are few and have stacks of half a megabyte.
enum DetachedThread {
    /// Runs a function on a new thread; on the caller's if the system has no thread left.
    ///
    /// - Parameters:
    ///   - stackBytes: the size of the thread's stack; the system's default if nil.
    ///   - body: the work of the thread.
    static func start(stackBytes: Int? = nil, _ body: @escaping @Sendable () -> Void) {
        let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
        var thread = pthread_t()
        let box = unsafe Unmanaged.passRetained(Box(body: body))
        // SAFETY: the attributes are initialized before they are used; the new thread takes over the reference to the box.
        unsafe pthread_attr_init(attributes)
        defer {
            unsafe pthread_attr_destroy(attributes)
            unsafe attributes.deallocate()
        }
        unsafe pthread_attr_setdetachstate(attributes, Int32(PTHREAD_CREATE_DETACHED))
        if let stackBytes { unsafe pthread_attr_setstacksize(attributes, stackBytes) }
        let failure = unsafe pthread_create(&thread, attributes, run, box.toOpaque())
        guard failure != 0 else { return }
        unsafe box.takeRetainedValue().body()
    }

    private static let run: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { pointer in
        // SAFETY: the pointer is the box that `start` retained.
        if let pointer = unsafe pointer { unsafe Unmanaged<Box>.fromOpaque(pointer).takeRetainedValue().body() }
        return nil
    }
}

/// A function as an object.
private final class Box: Sendable {
    let body: @Sendable () -> Void

    init(body: @escaping @Sendable () -> Void) {
        self.body = body
    }
}
