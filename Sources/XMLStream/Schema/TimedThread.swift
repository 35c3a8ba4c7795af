// This file holds unsafe code: a thread and a semaphore of the system.

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A thread that is not waited for longer than it may take.
enum TimedThread {
    /// How the work ended for the one who waited.
    enum End {
        /// It is done.
        case done
        /// It has had its time; the thread goes on when no other has work.
        case late
        /// It has taken too much memory; the thread goes on when no other has work.
        case large
        /// There was no thread to be had.
        case unstarted
    }

    /// Does `work` on a thread of its own and waits for it.
    ///
    /// - Parameters:
    ///   - time: How long the thread may be on a processor, the work being given a moment in any case; where the
    ///     system does not count that, how long to wait.
    ///   - bytes: How much of libxml2's memory the thread may hold.
    ///   - work: What is done; it must not refer to anything that ends before it does.
    static func run(time: Duration, bytes: Int, _ work: @escaping @Sendable () -> Void) -> End {
        guard let semaphore = TimedSemaphore(), let meter = ThreadMeter() else { return .unstarted }
        let start = TimedWork(semaphore: semaphore) { meter.count(work) }
        guard let thread = start.startThread() else { return .unstarted }
        let began = ContinuousClock.now
        while !semaphore.wait(milliseconds: 20) {
            let isLate = ThreadMeter.processorTime(of: thread) ?? (ContinuousClock.now - began) >= time
            guard isLate || meter.bytes > bytes else { continue }
            lowerPriority(of: thread)
            return isLate ? .late : .large
        }
        pthread_join(thread, nil)
        return .done
    }

    /// Lets every other thread of the machine go before this one, which must not have been joined.
    private static func lowerPriority(of thread: pthread_t) {
        #if canImport(Glibc)
            // SCHED_IDLE, which the headers hide.
            let idle: Int32 = 5
            var parameters = sched_param()
            unsafe pthread_setschedparam(thread, idle, &parameters)
        #endif
    }
}
