// This file holds unsafe code: it owns a meter that C functions write.

import CThreadMeter

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What one thread has used up: its time on a processor, and the memory that it holds of libxml2's.
///
/// Other threads and other work of the machine do not count, so that the same schema is refused, or is not, on an idle
/// machine and on a busy one.
@safe final class ThreadMeter: @unchecked Sendable {
    private let meter: OpaquePointer

    /// A meter at zero; nil without memory.
    init?() {
        guard let meter = unsafe threadmeter_create() else { return nil }
        unsafe self.meter = unsafe meter
    }

    deinit {
        unsafe threadmeter_free(meter)
    }

    /// Counts what libxml2 takes on this thread while `work` is done.
    func count(_ work: () -> Void) {
        unsafe threadmeter_attach(meter)
        work()
        threadmeter_attach(nil)
    }

    /// The bytes that are held.
    var bytes: Int { unsafe Int(threadmeter_bytes(meter)) }

    /// The time that a thread has been on a processor since it began; nil when the system does not say.
    static func processorTime(of thread: pthread_t) -> Duration? {
        #if canImport(Glibc)
            var clock = clockid_t()
            var time = timespec()
            guard unsafe pthread_getcpuclockid(thread, &clock) == 0, unsafe clock_gettime(clock, &time) == 0
            else { return nil }
            return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
        #else
            return nil
        #endif
    }
}
