// Unsafe code: paths as C strings that a signal handler may read at any moment.
import Glibc
import Synchronization

/// What must vanish when a signal ends the process: the staged files and their directories.
///
/// A signal handler may call very little. Ours takes ready-made C strings from a fixed table with atomic loads,
/// and calls `unlink`, `rmdir`, `signal` and `raise`, all async-signal-safe by POSIX. What it cannot reach (a full
/// table, `SIGKILL`, a file created in that instant) the next run removes as a leftover.
enum StagingCleanup {
    /// A place in the table.
    struct Entry: Sendable {
        fileprivate let index: Int
    }

    private static let endingSignals = [SIGINT, SIGTERM, SIGHUP, SIGPIPE]

    /// Arranges that the listed paths are removed when one of the usual signals ends the process, which then still
    /// ends by that signal.
    ///
    /// A signal that is ignored stays ignored, as `nohup` wants it.
    static let handlesSignals: Bool = {
        _ = unsafe table
        _ = publications.load(ordering: .relaxed)
        _ = waitingSignal.load(ordering: .relaxed)
        for number in endingSignals {
            var action = sigaction()
            unsafe action.__sigaction_handler.sa_handler = removeStagedAndEnd
            // A signal that waits for a publication must not make calls elsewhere in the program fail.
            action.sa_flags = SA_RESTART
            unsafe sigemptyset(&action.sa_mask)
            var earlier = sigaction()
            _ = unsafe sigaction(number, nil, &earlier)
            let ignored = unsafe unsafeBitCast(earlier.__sigaction_handler.sa_handler, to: Int.self) == 1
            if !ignored { _ = unsafe sigaction(number, &action, nil) }
        }
        return true
    }()

    /// Lists the absolute path of a file or a directory, nil when the table is full.
    static func add(_ path: String) -> Entry? {
        guard let copy = unsafe strdup(path) else { return nil }
        for index in 0..<tableSize {
            let outcome = unsafe table[index].compareExchange(
                expected: nil, desired: copy, ordering: .acquiringAndReleasing)
            if unsafe outcome.exchanged { return Entry(index: index) }
        }
        unsafe free(copy)
        return nil
    }

    /// Takes a path off the list.
    ///
    /// Its few bytes are kept: the handler may be reading them.
    static func remove(_ entry: Entry?) {
        guard let entry else { return }
        unsafe table[entry.index].store(nil, ordering: .releasing)
    }

    /// Runs a publication, which a signal must not meet half-way.
    ///
    /// Either the signal was first, and the publication never starts, or it waits for the end of the publication. A
    /// second signal does not wait: the device may be one that never answers.
    static func publishing<Result, Failure: Error>(
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        while true {
            let running = publications.load(ordering: .acquiring)
            // The process is about to end by a signal.
            if running < 0 {
                pause()
                continue
            }
            let outcome = publications.compareExchange(
                expected: running, desired: running + 1, ordering: .acquiringAndReleasing)
            if outcome.exchanged { break }
        }
        defer {
            publications.subtract(1, ordering: .acquiringAndReleasing)
            let waiting = waitingSignal.load(ordering: .acquiring)
            if waiting != 0 { end(by: waiting) }
        }
        return try body()
    }

    /// Ends the process by a signal: now, or at the end of the publication that is under way.
    fileprivate static func end(by number: Int32) {
        while true {
            let outcome = publications.compareExchange(
                expected: 0, desired: -1 << 32, ordering: .acquiringAndReleasing)
            if outcome.exchanged {
                removeAll()
                break
            }
            if outcome.original < 0 { break }
            let earlier = waitingSignal.exchange(number, ordering: .acquiringAndReleasing)
            if earlier != 0 { break }
            // Unless the publication ended in between and did not see the signal.
            if publications.load(ordering: .acquiring) > 0 { return }
        }
        _ = signal(number, SIG_DFL)
        raise(number)
    }

    /// Files first, so that their directories are empty when their turn comes.
    private static func removeAll() {
        for index in 0..<tableSize {
            if let path = unsafe table[index].load(ordering: .acquiring) { _ = unsafe unlink(path) }
        }
        for index in 0..<tableSize {
            if let path = unsafe table[index].load(ordering: .acquiring) { _ = unsafe rmdir(path) }
        }
    }
}

private let tableSize = 256

/// How many publications are under way; negative once a signal has decided that none may start.
private let publications = Atomic<Int>(0)

/// The signal that waits for the end of a publication, 0 when none does.
private let waitingSignal = Atomic<Int32>(0)

/// Never freed and only ever touched with atomic operations.
nonisolated(unsafe) private let table: UnsafeMutablePointer<Atomic<UnsafeMutablePointer<CChar>?>> = {
    let table = UnsafeMutablePointer<Atomic<UnsafeMutablePointer<CChar>?>>.allocate(capacity: tableSize)
    for index in 0..<tableSize { unsafe (table + index).initialize(to: Atomic(nil)) }
    return unsafe table
}()

private func removeStagedAndEnd(_ number: Int32) {
    let kept = errno
    StagingCleanup.end(by: number)
    // The interrupted call goes on when the signal has to wait.
    errno = kept
}
