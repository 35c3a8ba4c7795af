// This file holds unsafe code: it hands a closure to plain threads through a C pointer.
//
// Plain threads, because the system's queue for parallel loops was seen to run such loops on one core only.

import Synchronization

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

extension WorkerThreads {
    /// Calls `work` with 0 to `tasks - 1`, on so many threads, and waits.
    public static func run(tasks: Int, threads: Int, _ work: @Sendable (Int) -> Void) {
        let next = Atomic<Int>(0)
        run(count: min(max(1, threads), tasks)) { _ in
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < tasks else { return }
                work(index)
            }
        }
    }

    /// Does independent tasks, several at a time, and returns what came of them in their order.
    ///
    /// - Throws: the error of the first task, in their order, that threw one; the others are done all the same.
    public static func all<Outcome: Sendable>(
        threads: Int, _ tasks: [@Sendable () throws -> Outcome]
    ) throws -> [Outcome] {
        let outcomes = Mutex<[Result<Outcome, any Error>?]>(Array(repeating: nil, count: tasks.count))
        run(tasks: tasks.count, threads: threads) { index in
            let outcome = Result { try tasks[index]() }
            outcomes.withLock { $0[index] = outcome }
        }
        return try outcomes.withLock { try $0.compactMap { try $0?.get() } }
    }
}

private final class ThreadStart: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) {
        self.body = body
    }
}

/// A thread that runs one closure and is not waited for.
enum BackgroundThread {
    /// Starts the thread; false when the system has none to give.
    static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        let start = unsafe Unmanaged.passRetained(ThreadStart(body))
        var thread = pthread_t()
        guard unsafe startThread(&thread, start.toOpaque()) else {
            unsafe start.release()
            return false
        }
        pthread_detach(thread)
        return true
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
