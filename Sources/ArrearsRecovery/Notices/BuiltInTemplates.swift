/// The texts of notices that come with the program; a policy may have others.
///
/// The short messages are plain GSM-7 with the values that are usual, and say what the messages of earlier incidents
/// left out: how much, when, and whom to call.
enum BuiltInTemplates {
    /// The text of each channel in a language.
    static func all(_ language: NoticeLanguage) -> [NoticeChannel: NoticeTemplate] {
        let sources = language == .italian ? italian : english
        return sources.mapValues(NoticeTemplate.init(builtIn:))
    }

    private static let italian: [NoticeChannel: String] = [
        .sms: """
        {{#operator}}{{operator}}: {{/operator}}Per {{cause}} non abbiamo addebitato \
        {{#several}}{{number}} rinnovi{{/several}}{{^several}}un rinnovo{{/several}}. Lo faremo \
        {{#one_day}}il {{first_date}}: {{total}}{{/one_day}}\
        {{^one_day}}dal {{first_date}} al {{last_date}}: {{total}} in {{collections}} volte{{/one_day}}, \
        oltre ai rinnovi correnti.{{#contact}} Info {{contact}}{{/contact}}
        """,
        .letter: """
        {{#operator}}{{operator}}
        {{/operator}}Linea {{msisdn}}, contratto {{subscription}}, offerta {{offer}}

        Gentile cliente,

        per {{cause}} {{#several}}{{number}} rinnovi della tua offerta non sono stati addebitati\
        {{/several}}{{^several}}un rinnovo della tua offerta non è stato addebitato{{/several}}. \
        I rinnovi correnti proseguono come sempre. Quanto manca sarà addebitato così:

        {{#arrears}}- {{collect_on}}: {{amount}} per il periodo dal {{period_start}} al {{period_end}}
        {{/arrears}}
        In tutto: {{total}}.{{#discount}} Lo sconto di {{discount}} è già tolto.{{/discount}}
        {{#contact}}Per ogni domanda: {{contact}}.
        {{/contact}}
        """,
        .call: """
        Chiamare {{msisdn}} (contratto {{subscription}}): per {{cause}} \
        {{#several}}{{number}} rinnovi non addebitati{{/several}}{{^several}}un rinnovo non addebitato{{/several}}, \
        {{total}} in tutto, \
        {{#one_day}}il {{first_date}}{{/one_day}}\
        {{^one_day}}dal {{first_date}} al {{last_date}}{{/one_day}}.{{#discount}} Sconto: {{discount}}.{{/discount}}\
        {{#contact}} Contatto per il cliente: {{contact}}.{{/contact}}
        """,
    ]

    private static let english: [NoticeChannel: String] = [
        .sms: """
        {{#operator}}{{operator}}: {{/operator}}Due to {{cause}} we did not charge \
        {{#several}}{{number}} renewals{{/several}}{{^several}}a renewal{{/several}}. We will \
        {{#one_day}}on {{first_date}}: {{total}}{{/one_day}}\
        {{^one_day}}from {{first_date}} to {{last_date}}: {{total}} in {{collections}} parts{{/one_day}}, \
        besides current renewals.{{#contact}} Info {{contact}}{{/contact}}
        """,
        .letter: """
        {{#operator}}{{operator}}
        {{/operator}}Line {{msisdn}}, contract {{subscription}}, offer {{offer}}

        Dear customer,

        because of {{cause}} {{#several}}{{number}} renewals of your offer were{{/several}}\
        {{^several}}a renewal of your offer was{{/several}} not charged. Current renewals go on as ever. \
        What is missing will be charged as follows:

        {{#arrears}}- {{collect_on}}: {{amount}} for the period from {{period_start}} to {{period_end}}
        {{/arrears}}
        Altogether: {{total}}.{{#discount}} The discount of {{discount}} is taken off already.{{/discount}}
        {{#contact}}For any question: {{contact}}.
        {{/contact}}
        """,
        .call: """
        Call {{msisdn}} (contract {{subscription}}): because of {{cause}} \
        {{#several}}{{number}} renewals were{{/several}}{{^several}}a renewal was{{/several}} not charged, \
        {{total}} altogether, \
        {{#one_day}}on {{first_date}}{{/one_day}}\
        {{^one_day}}from {{first_date}} to {{last_date}}{{/one_day}}.{{#discount}} Discount: {{discount}}.{{/discount}}\
        {{#contact}} Contact for the customer: {{contact}}.{{/contact}}
        """,
    ]
}
