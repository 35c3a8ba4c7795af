import Synchronization

extension InputSource {
    /// The same input from its first byte on, for a reader that learns only at the end what it needed at the start.
    ///
    /// A stream is read from its copy, so it must have been opened as replayable and read to its end.
    ///
    /// - Throws: `InputError.changedWhileRead` when the file is no longer what it was, `readFailed` when there is no
    ///   copy of a stream.
    public convenience init(again first: InputSource) throws(InputError) {
        try first.expectUnchanged()
        if first.sizeOnDisk != nil {
            try self.init(first, descriptor: first.descriptor, opened: first.opened, start: first.start)
            return
        }
        guard first.reachedEnd, let copy = first.spool else {
            throw .readFailed(path: first.path, reason: "no copy of the stream was kept")
        }
        let status: FileStatus
        do throws(SystemError) {
            status = try copy.status()
        } catch {
            throw .readFailed(path: first.path, reason: error.reason)
        }
        try self.init(first, descriptor: copy, opened: status, start: 0)
    }

    /// Ends the copying of a stream that nobody will look at again.
    public func keepNoCopy() {
        text.withLock { $0.keepNoCopy() }
    }
}
