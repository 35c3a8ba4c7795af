import BillingFiles

/// One line on standard error that says how far a long run is; only on a terminal, and only after a while.
final class ProgressLine {
    private let isShown: Bool
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var next: ContinuousClock.Instant
    private var hasWritten = false

    /// A line that stays silent when standard error is no terminal.
    init(isQuiet: Bool) {
        isShown = !isQuiet && StandardOutput.error.isTerminal
        start = clock.now
        next = start + .milliseconds(1000)
    }

    /// Says how many of some files are done.
    func update(files done: Int, of all: Int) {
        if isDue { show("checked \(done) of \(all) files") }
    }

    /// Says how much of some sources is read.
    func update(_ name: String, _ sources: [InputSource]) {
        guard isDue else { return }
        let read = sources.reduce(0) { $0 + $1.bytesConsumed }
        let sizes = sources.map(\.sizeOnDisk)
        var text = "reading \(name): \(read >> 20) MB"
        if !sizes.contains(nil) {
            let total = sizes.reduce(0) { $0 + ($1 ?? 0) }
            if total > 0 { text += " of \(total >> 20) MB, \(min(100, read * 100 / total)) %" }
        }
        show(text)
    }

    private var isDue: Bool { isShown && clock.now >= next }

    private func show(_ text: String) {
        next = clock.now + .milliseconds(100)
        hasWritten = true
        // Progress is a courtesy: a terminal that went away must not end the run.
        try? StandardOutput.error.write("\r\u{1B}[K\(text)")
    }

    /// Wipes the line.
    func end() {
        if hasWritten { try? StandardOutput.error.write("\r\u{1B}[K") }
        hasWritten = false
    }
}
