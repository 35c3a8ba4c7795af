/// A profile's mapping as it runs backwards: how records of ours become records of the format.
///
/// Each column takes the first of its ways that has an inverse and fits the record; what comes of it is read again by
/// the mapping itself before it counts, so that a value is carried as it is, or its record is rejected.
public final class WritingPlan: Sendable {
    /// The profile.
    public let profile: FormatProfile

    /// The columns of ours that files of the format carry.
    public let carried: [String]

    /// The columns of ours that they do not carry, and why.
    public let notCarried: [WritingRefusal]

    /// The columns that the mapping makes of the place in the file, so that they differ when they are read again.
    let places: Set<Int>

    /// The mapping forwards.
    let plan: MappingPlan

    /// The names of the fields: those of the mapping first, then those that only the layout has.
    let fields: [String]

    /// The ways back of each column of the mapping.
    let ways: [[WritingWay]]

    /// The columns of the mapping, those first on which others depend.
    let order: [Int]

    /// What each field holds unless a column fills it.
    let constants: [[UInt8]]

    /// The fields that hold what another one holds.
    let copies: [(field: Int, from: Int)]

    /// How records are made of fields.
    let form: WrittenForm

    /// Judges the records by what the format does not know; nil where nobody does.
    let judge: RecordJudge?

    /// The values that follow from columns of ours.
    let derived: [DerivedValue]

    /// What every record of the layout has.
    let layoutCondition: PlannedCondition?

    /// The plan of a profile, or why files of it are not written.
    ///
    /// - Parameter judge: says which records may be written, where the format alone does not tell.
    public static func make(
        _ profile: FormatProfile, judge: RecordJudge? = nil
    ) -> Result<WritingPlan, WritingRefusal> {
        if let refusal = profile.writing.refusal { return .failure(WritingRefusal(refusal)) }
        let forms: [WrittenForm]
        switch WrittenForm.all(of: profile) {
        case .success(let found): forms = found
        case .failure(let refusal): return .failure(refusal)
        }
        var first: WritingRefusal?
        for form in forms {
            var draft = WritingDraft(profile, form)
            if let refusal = draft.complete() {
                first = first ?? refusal
            } else {
                return .success(WritingPlan(draft, judge))
            }
        }
        return .failure(first ?? WritingRefusal("it has no layout"))
    }

    private init(_ draft: WritingDraft, _ judge: RecordJudge?) {
        self.judge = judge
        profile = draft.profile
        plan = draft.plan
        fields = draft.names.all
        ways = draft.ways
        constants = draft.constants
        copies = draft.copies
        form = draft.form
        layoutCondition = draft.layoutCondition
        derived = draft.derived
        order = draft.order
        notCarried = draft.notCarried
        let positional = draft.notCarried.filter(\.isPlace).compactMap(\.column)
        places = Set(draft.plan.columns.indices.filter { positional.contains(draft.plan.columns[$0]) })
        let lost = Set(notCarried.compactMap(\.column))
        carried = (draft.profile.kind.columns + draft.profile.kind.optionalColumns).filter { !lost.contains($0) }
    }

    /// The fields that no column feeds and that are not empty, with what they hold.
    public var stated: [(field: String, text: String)] {
        let copied = copies.map { (field: fields[$0.field], text: "the same as \(fields[$0.from])") }
        let constant = constants.indices.filter { !constants[$0].isEmpty }
            .map { (field: fields[$0], text: "'\(String(decoding: constants[$0], as: UTF8.self))'") }
        return (copied + constant).sorted { $0.field < $1.field }
    }

    /// Whether records become parts of documents, of which there may be several.
    public var makesDocuments: Bool {
        if case .documents = form.kind { true } else { false }
    }

    /// The number of a field.
    func number(of name: String) -> Int? { fields.firstIndex(of: name) }
}
