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
        /// The time is over; the thread goes on when no other has work.
        case late
        /// The memory of the process has grown too much; the thread goes on when no other has work.
        case large
        /// There was no thread to be had.
        case unstarted
    }

    /// Does `work` on a thread of its own and waits for it.
    ///
    /// - Parameters:
    ///   - end: How long to wait, the work being given a moment in any case.
    ///   - bytes: By how much the memory of the process may grow beyond its largest size so far.
    ///   - work: What is done; it must not refer to anything that ends before it does.
    static func run(until end: ContinuousClock.Instant, bytes: Int, _ work: @escaping @Sendable () -> Void) -> End {
        guard let semaphore = TimedSemaphore() else { return .unstarted }
        let start = TimedWork(semaphore: semaphore, body: work)
        guard let thread = start.startThread() else { return .unstarted }
        let memory = largestMemory
        while !semaphore.wait(milliseconds: 20) {
            let isLate = ContinuousClock.now >= end
            guard isLate || largestMemory - memory > bytes else { continue }
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

    /// The largest memory that the process has had, in bytes.
    private static var largestMemory: Int {
        var usage = rusage()
        return unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 ? usage.ru_maxrss * 1024 : 0
    }
}
