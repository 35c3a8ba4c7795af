/// How a customer is told.
public enum NoticeChannel: String, CaseIterable, Sendable {
    /// A short message.
    case sms
    /// A letter.
    case letter
    /// A telephone call; the text is what the caller says.
    case call
}

/// The language of a notice: its built-in texts, and how dates and amounts are written in it.
public enum NoticeLanguage: String, CaseIterable, Sendable {
    /// Italian: 20/06/2026 and 29,97.
    case italian = "it"
    /// English: 20 Jun 2026 and 29.97.
    case english = "en"
}
