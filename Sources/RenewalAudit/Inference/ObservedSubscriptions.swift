/// The observations of each subscription, in the order of the subscriptions' ids.
public struct ObservedSubscriptions: Sendable {
    /// The number of each subscription in `identifiers`, in the order of the ids.
    private let order: [UInt32]

    /// Where the observations of each number begin, and one more entry for the end.
    private let starts: [Int]

    private let log: ContiguousArray<ChargeObservation>
    private let identifiers: TextDictionary

    /// Groups observations.
    ///
    /// O(observations + subscriptions * log(subscriptions)).
    public init(_ observations: ChargeObservations) {
        identifiers = observations.identifiers
        var counts = [Int](repeating: 0, count: identifiers.count + 1)
        for observation in observations.log { counts[Int(observation.subscription) + 1] += 1 }
        for number in counts.indices.dropFirst() { counts[number] += counts[number - 1] }
        starts = counts
        var next = counts
        var grouped = observations.log
        for observation in observations.log {
            grouped[next[Int(observation.subscription)]] = observation
            next[Int(observation.subscription)] += 1
        }
        log = grouped
        let identifiers = observations.identifiers
        order = (0..<UInt32(identifiers.count)).map { ($0, identifiers.bytes($0)) }
            .sorted { $0.1.lexicographicallyPrecedes($1.1) }.map(\.0)
    }

    /// How many subscriptions were met.
    public var count: Int { order.count }

    /// The id of the subscription at a place.
    func identifier(_ place: Int) -> [UInt8] { identifiers.bytes(order[place]) }

    /// The newest different observations of the subscription at a place, oldest first.
    func observations(_ place: Int) -> ArraySlice<ChargeObservation> {
        let number = Int(order[place])
        var sorted: [ChargeObservation] = []
        for observation in log[starts[number]..<starts[number + 1]].sorted(by: ChargeObservation.precedes)
        where observation != sorted.last {
            sorted.append(observation)
        }
        return sorted.suffix(ChargeObservations.observationLimit)
    }
}
