import BillingFiles
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("Tasks side by side, told in order") struct OrderedTasksTests {
    private struct Broken: Error, Equatable { let task: Int }

    @Test(arguments: [1, 2, 8])
    func itemsComeInTheOrderOfTheTasks(threads: Int) throws {
        var random = SplitMix64(seed: testSeed)
        // Some give more than may wait for their turn.
        let counts = (0..<150).map { _ in
            Int.random(in: 0...3, using: &random) * Int.random(in: 0...900, using: &random)
        }
        var taken: [[Int]] = []
        try OrderedTasks.run(count: counts.count, threads: threads) { (task, give: ([Int]) throws -> Void) in
            if task % 7 == 0 { usleep(500) }
            for item in 0..<counts[task] { try give([task, item]) }
        } take: {
            taken.append($0)
        }
        #expect(taken == counts.enumerated().flatMap { task, count in (0..<count).map { [task, $0] } })
    }

    @Test func noTaskRunsFarAhead() throws {
        let begun = Mutex(0)
        var first: Int?
        try OrderedTasks.run(count: 500, threads: 4) { (task, give: (Int) throws -> Void) in
            begun.withLock { $0 = max($0, task) }
            if task == 0 {
                begun.withLock { $0 = 0 }
                usleep(100_000)
                try give(begun.withLock { $0 })
            }
        } take: {
            first = $0
        }
        #expect((first ?? 500) <= 64)
    }

    @Test(arguments: [1, 4])
    func theFirstErrorInTheirOrderIsThrown(threads: Int) throws {
        var taken: [Int] = []
        #expect(throws: Broken(task: 3)) {
            try OrderedTasks.run(count: 100, threads: threads) { (task, give: (Int) throws -> Void) in
                if task == 3 { usleep(2000) }
                if task >= 3 { throw Broken(task: task) }
                try give(task)
            } take: {
                taken.append($0)
            }
        }
        #expect(taken == [0, 1, 2])
    }

    @Test(arguments: [1, 4])
    func whoeverTakesMayStopIt(threads: Int) throws {
        var taken = 0
        #expect(throws: Broken(task: 50)) {
            try OrderedTasks.run(count: 100, threads: threads) { (task, give: (Int) throws -> Void) in
                for item in 0..<2000 { try give(item) }
            } take: { _ in
                taken += 1
                if taken == 50 { throw Broken(task: 50) }
            }
        }
        #expect(taken == 50)
    }

    @Test func noTasks() throws {
        try OrderedTasks.run(count: 0, threads: 4) { (_, _: (Int) throws -> Void) in
        } take: { _ in
            Issue.record("an item")
        }
    }
}
