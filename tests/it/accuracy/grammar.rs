//! Articles of our own making: a small grammar that writes statements about matters that do not exist.
//!
//! A rule is text in which `{name}` stands for another rule and `[one|other]` for a choice. Sentences hold what people
//! tamper with: numbers, dates, names, negations, modal verbs, quantities, quotations.

use crate::support::Chance;

/// What a topic is about: things one can count or build, and what is done with them.
struct Topic {
    thing: &'static [&'static str],
    things: &'static [&'static str],
    aim: &'static [&'static str],
    unit: &'static [&'static str],
}

const TOPICS: &[Topic] = &[
    Topic {
        thing: &["harbour", "ferry line", "coastal road", "drawbridge", "lighthouse", "customs shed"],
        things: &["ferries", "containers", "dock workers", "tugboats", "harbour pilots"],
        aim: &[
            "widen the northern channel",
            "repair the old sea wall",
            "reopen the coastal line",
            "shorten the crossing",
        ],
        unit: &["tonnes", "berths", "crossings", "kilometres"],
    },
    Topic {
        thing: &["clinic", "vaccination plan", "blood bank", "nursing school", "hospital ward"],
        things: &["nurses", "patients", "ambulances", "doctors", "laboratories"],
        aim: &[
            "shorten the waiting lists",
            "train more midwives",
            "test the water of every school",
            "keep rural wards open",
        ],
        unit: &["doses", "beds", "patients", "visits"],
    },
    Topic {
        thing: &["power station", "wind farm", "dam", "gas pipeline", "district grid"],
        things: &["turbines", "households", "engineers", "transformers", "solar roofs"],
        aim: &[
            "lower the price of heating",
            "store power for the winter",
            "close the last coal plant",
            "share the grid with its neighbours",
        ],
        unit: &["megawatts", "households", "litres", "hectares"],
    },
    Topic {
        thing: &["wheat treaty", "border market", "customs union", "export licence", "seed bank"],
        things: &["farmers", "traders", "mills", "warehouses", "growers"],
        aim: &[
            "steady the price of bread",
            "lift the duty on fertiliser",
            "open the border to seasonal workers",
            "protect small farms",
        ],
        unit: &["tonnes", "hectares", "sacks", "licences"],
    },
    Topic {
        thing: &["ceasefire line", "observer mission", "prisoner exchange", "buffer zone", "demining plan"],
        things: &["observers", "villages", "checkpoints", "officers", "families"],
        aim: &[
            "keep the roads open to aid",
            "withdraw heavy weapons",
            "return the displaced to their homes",
            "monitor the truce",
        ],
        unit: &["mines", "vehicles", "metres", "families"],
    },
    Topic {
        thing: &["archive", "reading room", "museum wing", "school library", "public broadcaster"],
        things: &["teachers", "librarians", "pupils", "manuscripts", "recordings"],
        aim: &[
            "catalogue the older letters",
            "teach every child to swim",
            "print cheaper textbooks",
            "digitise the maps",
        ],
        unit: &["volumes", "pages", "pupils", "classrooms"],
    },
    Topic {
        thing: &["observatory", "weather service", "river gauge", "seismic network", "satellite"],
        things: &["scientists", "sensors", "stations", "students", "forecasts"],
        aim: &[
            "measure the glacier again",
            "warn villages before a flood",
            "publish all of its data",
            "replace the oldest instruments",
        ],
        unit: &["samples", "kilometres", "degrees", "measurements"],
    },
    Topic {
        thing: &["tram depot", "night bus", "rail tunnel", "cycle path", "ticket office"],
        things: &["drivers", "passengers", "carriages", "cyclists", "commuters"],
        aim: &[
            "run trains until midnight",
            "freeze the price of tickets",
            "electrify the southern branch",
            "rebuild the central station",
        ],
        unit: &["passengers", "kilometres", "trams", "seats"],
    },
];

const SENTENCES: &[&str] = &[
    "{The agency} will [spend|invest] {money} on the {thing} [before|by|until] {date}.",
    "{person}, who [heads|leads|represents] {agency}, said that the {thing} [must|should|may] be finished by {month} {year}.",
    "“We have [not|never] promised to {aim},” {person} told reporters in {place}.",
    "[About|Roughly|Almost|More than] {number} {unit} were [counted|registered|recorded] in {place} between {month} and {month}.",
    "There is no [evidence|sign|indication] that the {things} of {place} were [warned|consulted|informed] in advance.",
    "The [agreement|plan|programme] covers {small} [districts|provinces|regions] and [at least|at most|exactly] {number} {things}.",
    "{person} [rejected|welcomed|denied|confirmed] the [report|account|figures] published on {date}.",
    "In {place} alone, {percent} percent of all {things} [depend|rely] on the {thing}.",
    "The [committee|council|assembly] could not [agree|decide] whether to {aim} this year.",
    "According to {agency}, the number of {things} [rose|fell|grew|dropped] from {number} to {number} within {small} years.",
    "“It is [possible|likely|certain] that the {thing} will cost more than {money},” said {person}.",
    "None of the {things} [has|had] asked for [a delay|compensation|further talks].",
    "Both [sides|governments|parties] [affirmed|repeated|stated] their [intention|commitment|readiness] to {aim}.",
    "The [first|second|third] [stage|phase] began on {date} and [ended|was completed] {small} weeks later.",
    "Every [visitor|resident|applicant] must [register|apply] at the office in {place} before {date}.",
    "Only {number} of the {things} who [applied|asked] were [admitted|accepted], {agency} said.",
    "{person} and {person} [met|spoke] in {place} on {date} and [discussed|reviewed] how to {aim}.",
    "The [new|revised] [rules|standards] do not apply to {things} outside {place}.",
    "Some [experts|critics|observers] [doubt|question] that {money} is enough to {aim}.",
    "As a result, all {things} are [allowed|required|expected] to use the {thing} without a fee.",
    "The [court|tribunal] ruled that {agency} had [neither|not] [informed|heard] the {things} nor [published|kept] the records.",
    "[Since|Until] {year}, the {thing} in {place} has [served|supplied] [fewer|more] than {number} {unit} a day.",
    "If the [talks|negotiations] fail, the {thing} [may|might|could] be closed for up to {small} months.",
    "[Neither|Both] {person} [nor|and] {agency} [wanted|wished] to comment on the delay.",
    "A [second|final] [review|audit] by {agency} found that most of the {unit} were [never|rarely|always] checked.",
    "The [minister|mayor|director] of {place}, {person}, [thanked|praised|criticised] the {things} for their [patience|work|help].",
    "It remains [unclear|open] who will pay the remaining {money}, since the [budget|reserve] was [spent|exhausted] in {month}.",
    "Under the [treaty|contract], {agency} [shall|will] report every {small} months on its [progress|efforts] to {aim}.",
    "[Many|Several|Few] {things} [remember|recall] that a similar plan was [abandoned|postponed] in {year}.",
    "The [distance|difference] between {place} and {place} is less than {small} kilometres, which is why the {thing} [matters|counts].",
    "“Nobody [should|can] expect the {things} to {aim} alone,” {person} [added|explained].",
    "On {date} the [deadline|period] for [comments|objections] [ended|expired] with {number} letters received.",
    "[Last|This] year {agency} [hired|trained] {number} {things}, [twice|half] as many as in {year}.",
    "The {thing} was [designed|built] for {number} {unit} and [cannot|could not] easily be enlarged.",
];

const QUOTE: &[&str] = &[
    "We came to {place} with [one|a single] request: to {aim}, and to do so before {month}.",
    "The {things} deserve [honest|clear] figures. We will publish [all|most] of them on {date}.",
];

const HEADING: &[&str] = &["What the {things} say", "A {thing} and its costs", "Next steps in {place}", "How to {aim}"];

const TITLE: &[&str] = &[
    "{place} to {aim} by {year}",
    "Joint statement on the {thing} of {place}",
    "{agency}: {number} {things} to join the plan to {aim}",
    "Statement by {person} on the {things} of {place}",
];

const PEOPLE: &[&str] = &[
    "Marta Elling",
    "Osei Brandt",
    "Livia Tormund",
    "Henrik Saal",
    "Adé Moreau",
    "Tomas Okafor",
    "Ilse Varga",
    "Noor Castell",
    "Pavel Lindqvist",
    "Greta Amadi",
    "Samir Holt",
    "Yuki Ferreira",
    "Zoë O’Rell",
    "Bruno Achterberg",
];
const AGENCIES: &[&str] = &[
    "the Ministry of Works",
    "the Harbour Board",
    "the Council of Provinces",
    "the National Audit Office",
    "the Upland Agency",
    "the Joint Commission",
    "the Bureau of Measures",
    "the Provincial Court",
];
const PLACES: &[&str] = &[
    "Norhaven",
    "Estermark",
    "Vallombre",
    "Port Selby",
    "Kirsova",
    "Altenquay",
    "São Orrin",
    "Dunmere",
    "Lower Brask",
    "Tavira Bay",
];
const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const SMALL: &[&str] = &["two", "three", "four", "five", "six", "seven", "eight", "nine", "twelve"];

/// A writer on one topic. No sentence comes twice from one.
pub struct Writer<'a> {
    chance: &'a mut Chance,
    topic: &'static Topic,
    said: Vec<String>,
}

impl<'a> Writer<'a> {
    /// A writer who has said nothing yet.
    pub fn new(chance: &'a mut Chance) -> Self {
        let topic = chance.one(TOPICS);
        Self { chance, topic, said: Vec::new() }
    }

    /// A sentence.
    pub fn sentence(&mut self) -> String {
        self.fresh(SENTENCES)
    }

    /// Sentences set as a quotation.
    pub fn quotation(&mut self) -> String {
        self.fresh(QUOTE)
    }

    /// A subheading.
    pub fn heading(&mut self) -> String {
        self.fresh(HEADING)
    }

    /// A title.
    pub fn title(&mut self) -> String {
        self.fresh(TITLE)
    }

    /// A date such as `3 May 2019`.
    pub fn date(&mut self) -> String {
        self.rule("date")
    }

    /// A whole paragraph of `sentences` sentences.
    pub fn paragraph(&mut self, sentences: usize) -> Vec<String> {
        (0..sentences).map(|_| self.sentence()).collect()
    }

    fn fresh(&mut self, rules: &[&str]) -> String {
        let mut text = String::new();
        // A small grammar runs dry of short headings before it does of sentences: then one comes again.
        for _ in 0..50 {
            let rule = *self.chance.one(rules);
            text = self.expand(rule);
            let mut letters = text.chars();
            text = letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
            if !self.said.contains(&text) {
                break;
            }
        }
        self.said.push(text.clone());
        text
    }

    fn expand(&mut self, rule: &str) -> String {
        let mut out = String::new();
        let mut rest = rule;
        while let Some(at) = rest.find(['{', '[']) {
            let close = if rest[at..].starts_with('{') { '}' } else { ']' };
            let end = at + rest[at..].find(close).expect("the rule is closed");
            out.push_str(&rest[..at]);
            let inner = &rest[at + 1..end];
            if close == '}' {
                out.push_str(&self.rule(inner));
            } else {
                let choices: Vec<&str> = inner.split('|').collect();
                let choice: &&str = self.chance.one(&choices);
                out.push_str(choice);
            }
            rest = &rest[end + 1..];
        }
        out + rest
    }

    fn rule(&mut self, name: &str) -> String {
        let one = |chance: &mut Chance, all: &[&str]| (*chance.one(all)).to_owned();
        match name {
            "person" => one(self.chance, PEOPLE),
            "agency" | "The agency" => one(self.chance, AGENCIES),
            "place" => one(self.chance, PLACES),
            "month" => one(self.chance, MONTHS),
            "small" => one(self.chance, SMALL),
            "thing" => one(self.chance, self.topic.thing),
            "things" => one(self.chance, self.topic.things),
            "aim" => one(self.chance, self.topic.aim),
            "unit" => one(self.chance, self.topic.unit),
            "year" => self.chance.between(1998, 2023).to_string(),
            "number" => match self.chance.below(3) {
                0 => self.chance.between(12, 98).to_string(),
                1 => self.chance.between(101, 989).to_string(),
                _ => format!("{},{:03}", self.chance.between(1, 48), self.chance.below(1000)),
            },
            "percent" => self.chance.between(3, 96).to_string(),
            "money" => {
                format!("{} million {}", self.chance.between(2, 940), one(self.chance, &["dollars", "euros", "crowns"]))
            }
            "date" => match self.chance.below(2) {
                0 => format!(
                    "{} {} {}",
                    self.chance.between(1, 28),
                    one(self.chance, MONTHS),
                    self.chance.between(2004, 2023)
                ),
                _ => format!(
                    "{} {}, {}",
                    one(self.chance, MONTHS),
                    self.chance.between(1, 28),
                    self.chance.between(2004, 2023)
                ),
            },
            other => unreachable!("no rule {other}"),
        }
    }
}
