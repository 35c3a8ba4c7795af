import XMLStream

/// A plan of writing while it is made: which ways back there are, and what fields hold that no column feeds.
struct WritingDraft {
    let profile: FormatProfile
    let plan: MappingPlan
    let form: WrittenForm
    private(set) var names = SourceNames()
    private(set) var ways: [[WritingWay]] = []
    private(set) var constants: [[UInt8]] = []
    private(set) var copies: [(field: Int, from: Int)] = []
    private(set) var layoutCondition: PlannedCondition?
    private(set) var notCarried: [WritingRefusal] = []
    private var reasons: [Int: WritingRefusal] = [:]
    private var skips: [(reason: String, condition: PlannedCondition)] = []
    private var available: Set<Int> = []

    init(_ profile: FormatProfile, _ form: WrittenForm) {
        self.profile = profile
        self.form = form
        plan = MappingPlan(profile)
        for name in plan.sources { _ = names.number(name) }
        var elements: [String]?
        if case .documents(let documents) = form.kind {
            for name in documents.fields { _ = names.number(name) }
            elements = documents.alternatives.map(\.element.name.local)
        }
        for name in form.columns { available.insert(names.number(name)) }
        layoutCondition = form.condition.map { PlannedCondition($0, &names) }
        // Of events that are paired only those are left out that neither begin nor end anything.
        skips = form.isPaired ? [] : profile.skips.map { ($0.reason, PlannedCondition($0.condition, &names)) }
        for column in plan.columns {
            var found: [WritingWay] = []
            for way in profile.fields.first(where: { $0.column == column })?.ways ?? [] {
                let made = WritingWay.make(
                    way, column: column, splitsFromBehind: profile.writing.splitsFromBehind, elements: elements, &names)
                switch made {
                case .success(let way): found.append(way)
                case .failure(let refusal): reasons[ways.count] = reasons[ways.count] ?? refusal
                }
            }
            // A field that holds all of the value says more than several that hold parts.
            let joined = found.filter { $0.fields.count > 1 && !$0.conversion.isTime }
            ways.append(found.filter { way in !joined.contains { $0 === way } } + joined)
        }
    }

    /// Fills in what follows from the ways; gives why the format cannot be written so.
    mutating func complete() -> WritingRefusal? {
        dropUnavailable()
        fill()
        for _ in 0..<4 {
            let before = ways.map(\.count)
            for column in ways.indices {
                for way in ways[column] where way.condition.map({ isSurely($0) == false }) ?? false {
                    ways[column].removeAll { $0 === way }
                    reasons[column] =
                        reasons[column]
                        ?? WritingRefusal(
                            column: plan.columns[column],
                            "it stands in records only whose other fields no column of ours feeds; "
                                + "state these under 'values' of 'write'")
                }
            }
            fill()
            if ways.map(\.count) == before { break }
        }
        noteUncarried()
        let missing = notCarried.first { refusal in
            // Without an id of its own a record still is one: it gets another when it is read, and the list of what is
            // lost tells so.
            !refusal.isPlace && profile.kind.neededColumns.contains(refusal.column ?? "")
        }
        if let missing { return missing }
        for skip in skips where isSurely(skip.condition) == true {
            return WritingRefusal(
                "every record would be one that the format leaves out (\(skip.reason)), unless 'values' of 'write' "
                    + "state otherwise")
        }
        if let layoutCondition, isSurely(layoutCondition) == false {
            let failing = layoutCondition.failing { isSurely($0) != false }
            return WritingRefusal(
                "no record would be one of its layout, which has \(failing.wording) in "
                    + failing.fields.map { "'\(names.all[$0])'" }.joined(separator: " or ")
                    + ": state it under 'values' of 'write'")
        }
        return nil
    }

    /// The values that follow from columns of ours.
    var derived: [DerivedValue] {
        let given = Dictionary(
            profile.writing.given.map { ($0.name, $0.value.value ?? "") }, uniquingKeysWith: { first, _ in first })
        return profile.writing.fillings.sorted { $0.key < $1.key }.compactMap { name, filling in
            names.all.firstIndex(of: name).flatMap {
                DerivedValue(filling, field: $0, columns: plan.columns, given: given)
            }
        }
    }

    /// The columns, those first that fill what others depend on.
    var order: [Int] {
        var left = Array(ways.indices)
        var order: [Int] = []
        while !left.isEmpty {
            let open = Set(left.flatMap { column in ways[column].flatMap(\.filled) })
            let next =
                left.first { column in
                    let own = Set(ways[column].flatMap(\.filled))
                    return ways[column].allSatisfy {
                        $0.needed.subtracting(own).isDisjoint(with: open.subtracting(own))
                    }
                } ?? left[0]
            order.append(next)
            left.removeAll { $0 == next }
        }
        return order
    }

    private mutating func dropUnavailable() {
        for column in ways.indices {
            for way in ways[column] where !way.filled.allSatisfy(available.contains) {
                ways[column].removeAll { $0 === way }
                reasons[column] =
                    reasons[column]
                    ?? WritingRefusal(column: plan.columns[column], "the layout that is written has no field for it")
            }
        }
    }

    /// The fields that some column feeds.
    private var fed: Set<Int> { Set(ways.joined().flatMap(\.filled)) }

    /// Gives the other fields what the profile states, and what they must hold for any record to be one.
    private mutating func fill() {
        let fed = fed
        constants = Array(repeating: [], count: names.all.count)
        copies = []
        var stated: Set<Int> = []
        for (name, filling) in profile.writing.fillings.sorted(by: { $0.key < $1.key }) {
            let field = names.number(name)
            while constants.count < names.all.count { constants.append([]) }
            stated.insert(field)
            switch filling {
            case .constant(let text): constants[field] = Array(text.utf8)
            case .given(let value): constants[field] = Array((value.value ?? "").utf8)
            case .of, .joined: continue
            case .sameAs(let other):
                let from = names.number(other)
                while constants.count < names.all.count { constants.append([]) }
                copies.append((field, from))
            }
        }
        // What documents hold stands in their templates.
        if case .documents = form.kind { return }
        let free = available.subtracting(fed).subtracting(stated)
        for skip in skips { demand(skip.condition, false, free) }
        if let layoutCondition { demand(layoutCondition, true, free) }
        for column in ways.indices {
            if let condition = ways[column].first?.condition { demand(condition, true, free) }
        }
    }

    /// Gives free fields the one value with which a condition is as it has to be, where there is one.
    private mutating func demand(_ condition: PlannedCondition, _ wanted: Bool, _ free: Set<Int>) {
        switch condition {
        case .isOne(let field, let texts), .begins(let field, let texts):
            guard wanted, texts.count == 1, free.contains(field), constants[field].isEmpty else { return }
            constants[field] = texts[0]
        case .not(let inner): demand(inner, !wanted, free)
        case .all(let conditions):
            if wanted || conditions.count == 1 { for inner in conditions { demand(inner, wanted, free) } }
        case .any(let conditions):
            if !wanted || conditions.count == 1 { for inner in conditions { demand(inner, wanted, free) } }
        case .isEmpty, .precedes, .looks: return
        }
    }

    /// Whether a condition holds of every record that is written, or of none; nil where that depends on the record.
    private func isSurely(_ condition: PlannedCondition) -> Bool? {
        var open = fed.union(copies.map(\.field))
        if case .documents = form.kind { open.formUnion(available) }
        switch condition {
        case .all(let conditions):
            let outcomes = conditions.map { isSurely($0) }
            if outcomes.contains(false) { return false }
            return outcomes.contains(nil) ? nil : true
        case .any(let conditions):
            let outcomes = conditions.map { isSurely($0) }
            if outcomes.contains(true) { return true }
            return outcomes.contains(nil) ? nil : false
        case .not(let inner): return isSurely(inner).map { !$0 }
        default:
            guard Set(condition.fields).isDisjoint(with: open) else { return nil }
            var text: [UInt8] = []
            let values = constants.indices.map { field -> ValueRange in
                let start = text.count
                if available.contains(field) { text += constants[field] }
                return ValueRange(start..<text.count)
            }
            return condition.holds(text.span, values)
        }
    }

    private mutating func noteUncarried() {
        notCarried = []
        for column in profile.kind.columns + profile.kind.optionalColumns {
            guard let number = plan.columns.firstIndex(of: column),
                profile.fields.contains(where: { $0.column == column })
            else {
                notCarried.append(WritingRefusal(column: column, "the format has no field for it"))
                continue
            }
            if ways[number].isEmpty {
                notCarried.append(
                    reasons[number] ?? WritingRefusal(column: column, "the format has no field for it"))
            }
        }
    }
}
