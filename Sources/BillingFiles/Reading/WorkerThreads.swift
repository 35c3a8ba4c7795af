// This file holds unsafe code: it hands a closure to plain threads through a C pointer.
//
// Plain threads, because the system's queue for parallel loops was seen to run such loops on one core only.

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Runs a closure on several threads and waits for all of them.
public enum WorkerThreads {
    /// How many threads can run at once on this machine.
    public static var available: Int {
        max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    }

    /// Calls `work` with 0 to `count - 1`, each on a thread of its own (the first on the caller's), and waits.
    public static func run(count: Int, _ work: @Sendable (Int) -> Void) {
        withoutActuallyEscaping(work) { work in
            var threads: [pthread_t] = []
            var unstarted: [Int] = []
            for index in stride(from: 1, to: count, by: 1) {
                let start = unsafe Unmanaged.passRetained(ThreadStart { work(index) })
                var thread = pthread_t()
                if unsafe startThread(&thread, unsafe start.toOpaque()) {
                    threads.append(thread)
                } else {
                    unsafe start.release()
                    unstarted.append(index)
                }
            }
            if count > 0 { work(0) }
            // A thread that the system refused costs speed, not work.
            for index in unstarted { work(index) }
            for thread in threads { pthread_join(thread, nil) }
        }
    }
}

private final class ThreadStart: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) {
        self.body = body
    }
}

private func startThread(_ thread: inout pthread_t, _ argument: UnsafeMutableRawPointer) -> Bool {
    unsafe pthread_create(
        &thread, nil,
        { argument in
            guard let argument = unsafe argument else { return nil }
            unsafe Unmanaged<ThreadStart>.fromOpaque(argument).takeRetainedValue().body()
            return nil
        }, argument) == 0
}
