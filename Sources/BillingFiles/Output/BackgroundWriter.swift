// Unsafe code: the buffers that two threads hand to each other, and the memory that the system reads them from.
import CByteScan
import Crypto
import Dispatch
import Glibc
import Synchronization

/// Writes a long file on a thread of its own, past the page cache where the file system allows it.
///
/// The caller fills one buffer while the thread writes the others, so that whoever has the bytes is not held up by
/// the disk. A file of this size would only push out of the page cache what other programs still need.
/// The bytes are written in order, in pieces of one buffer.
final class BackgroundWriter {
    private let channel: WriteChannel

    /// A writer of a file that is empty; nil when the system has no thread for it.
    init?(_ descriptor: FileDescriptor, hashing: Bool = true) {
        channel = WriteChannel(descriptor, hashing: hashing)
        guard channel.isRunning else { return nil }
    }

    deinit {
        // The thread keeps the channel alive, so this must not wait for the channel's own end.
        channel.stop()
    }

    /// Takes over bytes; they are copied before it returns.
    ///
    /// - Throws: the first error of any earlier write.
    func append(_ bytes: UnsafeRawBufferPointer) throws(SystemError) { unsafe try channel.append(bytes) }

    /// The hash of all bytes appended so far, nil when nobody wants one.
    var digestSoFar: SHA256? { channel.hash }

    /// Writes what is left and ends the thread; the hash of all bytes, nil when nobody wants one.
    func finish() throws(SystemError) -> SHA256? { try channel.finish() }
}

/// What the appending and the writing thread share.
///
/// One thread appends; semaphores hand each buffer over, so that at any time exactly one thread uses it. That is what
/// `@unchecked` stands for.
@safe private final class WriteChannel: @unchecked Sendable {
    private static let bufferSize = 1 << 20
    private static let bufferCount = 4
    private static let largePage = 2 << 20

    /// What direct writing asks of addresses, offsets and lengths on every file system we know.
    private static let alignment = 4096

    /// `O_DIRECT`, which the Glibc overlay hides because it is declared for `_GNU_SOURCE` only.
    private static let directFlag: Int32? = {
        #if os(Linux) && arch(x86_64)
            0x4000
        #elseif os(Linux) && arch(arm64)
            0x10000
        #else
            nil
        #endif
    }()

    private let descriptor: FileDescriptor
    private let memory: UnsafeMutableRawBufferPointer
    private let buffers: [UnsafeMutableRawBufferPointer]
    private let free = DispatchSemaphore(value: 0)
    private let full = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)
    private let failure = Mutex<SystemError?>(nil)

    // The appending thread's.
    private var current = 0
    private var used = 0
    private(set) var isRunning = false
    private(set) var hash: SHA256?

    // Handed over with the buffers.
    private var lengths = [Int](repeating: 0, count: bufferCount)

    // The writing thread's.
    private var writesDirectly = false

    /// A channel to a file that is empty; not running when the system has no thread for it.
    init(_ descriptor: FileDescriptor, hashing: Bool) {
        self.descriptor = descriptor
        hash = hashing ? SHA256() : nil
        // A direct write looks up every page that it is given: large ones are few.
        let memory = UnsafeMutableRawBufferPointer.allocate(
            byteCount: Self.bufferCount * Self.bufferSize, alignment: Self.largePage)
        if let base = memory.baseAddress { unsafe cbytescan_prefer_large_pages(base, memory.count) }
        unsafe buffers = (0..<Self.bufferCount).map { place in
            unsafe UnsafeMutableRawBufferPointer(rebasing: memory[(place * Self.bufferSize)...].prefix(Self.bufferSize))
        }
        unsafe self.memory = memory
        for _ in 1..<Self.bufferCount { free.signal() }
        writesDirectly = setDirect(true)
        isRunning = BackgroundThread.start { self.run() }
        if !isRunning { setDirect(false) }
    }

    deinit {
        unsafe memory.deallocate()
    }

    func append(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
        unsafe hash?.update(bufferPointer: bytes)
        var rest = unsafe bytes
        while unsafe !rest.isEmpty {
            let count = min(rest.count, Self.bufferSize - used)
            if let from = rest.baseAddress, let to = unsafe buffers[current].baseAddress {
                unsafe cbytescan_copy_past_cache(to + used, from, count)
            }
            used += count
            unsafe rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
            if used == Self.bufferSize { try handOver() }
        }
    }

    func finish() throws(SystemError) -> SHA256? {
        if used > 0 { try handOver() }
        try drain()
        stop()
        if let error = failure.withLock({ $0 }) { throw error }
        return hash
    }

    private func handOver() throws(SystemError) {
        lengths[current] = used
        full.signal()
        free.wait()
        current = (current + 1) % Self.bufferCount
        used = 0
        if let error = failure.withLock({ $0 }) { throw error }
    }

    /// Waits until the other thread has nothing left to do.
    private func drain() throws(SystemError) {
        for _ in 1..<Self.bufferCount { free.wait() }
        for _ in 1..<Self.bufferCount { free.signal() }
        if let error = failure.withLock({ $0 }) { throw error }
    }

    /// Ends the thread; a length of 0 tells it so.
    func stop() {
        guard isRunning else { return }
        isRunning = false
        lengths[current] = 0
        full.signal()
        ended.wait()
    }

    // MARK: the writing thread

    private func run() {
        var place = 0
        while true {
            full.wait()
            let length = lengths[place]
            guard length > 0 else { break }
            let bytes = unsafe UnsafeRawBufferPointer(rebasing: buffers[place].prefix(length))
            if failure.withLock({ $0 }) == nil {
                do throws(SystemError) {
                    unsafe try write(bytes)
                } catch {
                    failure.withLock { $0 = error }
                }
            }
            free.signal()
            place = (place + 1) % Self.bufferCount
        }
        setDirect(false)
        ended.signal()
    }

    private func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
        var rest = unsafe bytes
        if writesDirectly {
            let whole = bytes.count - bytes.count % Self.alignment
            do throws(SystemError) {
                unsafe try descriptor.write(UnsafeRawBufferPointer(rebasing: rest.prefix(whole)))
                unsafe rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(whole))
                if unsafe rest.isEmpty { return }
            } catch {
                // Some file systems take the flag and refuse the write. What was written stays; the rest goes the
                // usual way.
                guard error.code == EINVAL, let done = writtenOfThisPiece() else { throw error }
                unsafe rest = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(done))
            }
            writesDirectly = false
            setDirect(false)
        }
        unsafe try descriptor.write(rest)
    }

    /// How many bytes of the piece at hand a refused write left in the file.
    private func writtenOfThisPiece() -> Int? {
        let position = lseek(descriptor.number, 0, SEEK_CUR)
        return position < 0 ? nil : Int(position) % Self.bufferSize
    }

    /// Switches direct writing on or off; false when the file system has none.
    @discardableResult
    private func setDirect(_ isDirect: Bool) -> Bool {
        let flags = fcntl(descriptor.number, F_GETFL)
        guard flags >= 0, let direct = Self.directFlag else { return false }
        return fcntl(descriptor.number, F_SETFL, isDirect ? flags | direct : flags & ~direct) == 0
    }
}
