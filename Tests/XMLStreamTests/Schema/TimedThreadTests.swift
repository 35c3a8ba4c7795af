import Foundation
import Testing

@testable import XMLStream

@Suite("A thread that is not waited for longer than it may take")
struct TimedThreadTests {
    @Test("Waiting is not counted, only work")
    func waiting() {
        let end = TimedThread.run(time: .milliseconds(50), bytes: 1 << 20) { Thread.sleep(forTimeInterval: 0.3) }
        #expect(end == .done)
    }

    @Test("Work is counted")
    func working() {
        let end = TimedThread.run(time: .milliseconds(50), bytes: 1 << 20) {
            // It ends by itself, long after it was given up.
            while let time = ThreadMeter.processorTime(of: pthread_self()), time < .seconds(1) {}
        }
        #expect(end == .late)
    }

    @Test("Memory that others take is not counted")
    func othersMemory() {
        // What libxml2 takes once for all is taken before.
        LibXML2.initialise()
        let end = TimedThread.run(time: .seconds(10), bytes: 1 << 10) {
            // Not libxml2's, and larger than anything that the process had before.
            let bytes = [UInt8](repeating: 1, count: 64 << 20)
            Thread.sleep(forTimeInterval: 0.1)
            #expect(bytes.last == 1)
        }
        #expect(end == .done)
    }
}
