// This file holds unsafe code: a thread and a semaphore of the system.

import CLibXML2

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Work on a thread of its own, and the semaphore that says that it is done.
final class TimedWork: Sendable {
    /// Recursion in libxml2 goes as deep as a schema's references do.
    private static let stackBytes = 64 << 20

    private let semaphore: TimedSemaphore
    private let body: @Sendable () -> Void

    init(semaphore: TimedSemaphore, body: @escaping @Sendable () -> Void) {
        self.semaphore = semaphore
        self.body = body
    }

    /// Starts the thread, which must be joined at its end; nil when the system has none to give.
    func startThread() -> pthread_t? {
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        defer { unsafe pthread_attr_destroy(&attributes) }
        unsafe pthread_attr_setstacksize(&attributes, TimedWork.stackBytes)
        let work = unsafe Unmanaged.passRetained(self)
        var thread = pthread_t()
        let isStarted =
            unsafe pthread_create(
                &thread, &attributes,
                { argument in
                    guard let argument = unsafe argument else { return nil }
                    unsafe Unmanaged<TimedWork>.fromOpaque(argument).takeRetainedValue().run()
                    return nil
                }, work.toOpaque()) == 0
        guard isStarted else {
            unsafe work.release()
            return nil
        }
        return thread
    }

    private func run() {
        body()
        semaphore.signal()
    }
}

/// A semaphore that starts at zero.
@safe final class TimedSemaphore: @unchecked Sendable {
    private let semaphore: UnsafeMutablePointer<sem_t>

    /// Makes one; nil when the system does not.
    init?() {
        unsafe semaphore = .allocate(capacity: 1)
        guard unsafe sem_init(semaphore, 0, 0) == 0 else {
            unsafe semaphore.deallocate()
            return nil
        }
    }

    deinit {
        unsafe sem_destroy(semaphore)
        unsafe semaphore.deallocate()
    }

    /// Adds one.
    func signal() {
        unsafe sem_post(semaphore)
    }

    /// Takes one away, waiting for it; false when the time is over, which a signal may shorten.
    func wait(milliseconds: Int) -> Bool {
        var deadline = timespec()
        guard unsafe clock_gettime(CLOCK_REALTIME, &deadline) == 0 else { return false }
        let nanoseconds = deadline.tv_nsec + milliseconds % 1000 * 1_000_000
        deadline.tv_sec += milliseconds / 1000 + nanoseconds / 1_000_000_000
        deadline.tv_nsec = nanoseconds % 1_000_000_000
        return unsafe sem_timedwait(semaphore, &deadline) == 0
    }
}
