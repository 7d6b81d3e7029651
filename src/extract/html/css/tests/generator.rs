//! Pages made up at random from a seed: elements, and sheets about them, of all that a referee knows too.

mod declarations;

use std::fmt::Write as _;

use declarations::DECLARATIONS;

/// Numbers that look random and are the same for the same seed (SplitMix64).
pub(super) struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).unwrap_or(0)
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

const BLOCKS: &[&str] = &["div", "section", "blockquote", "article", "p", "h2", "h4", "pre", "address", "center"];
const INLINES: &[&str] = &[
    "span", "b", "i", "em", "strong", "u", "s", "mark", "code", "cite", "ins", "del", "var", "font", "abbr", "kbd",
    "strike", "tt",
];
const WORDS: &[&str] =
    &["harbour", "lantern", "seven", "quiet", "orchard", "on", "the", "slate", "roof", "and", "rain"];

/// Pages of one seed.
pub(super) struct Maker {
    random: Random,
    elements: usize,
    /// Whether there are layers; if not, there is presentational markup.
    layers: bool,
}

/// A page with a sheet of its own, from `seed`.
pub(super) fn page(seed: u64) -> String {
    let mut maker = Maker { random: Random(seed), elements: 0, layers: seed.is_multiple_of(2) };
    let mut body = String::new();
    while maker.elements < 40 {
        maker.block(0, &mut body);
    }
    let sheet = maker.sheet();
    format!(
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>t</title><style>{sheet}</style></head><body>{body}</body></html>"
    )
}

impl Maker {
    fn attributes(&mut self) -> String {
        let mut out = format!(" id=e{}", self.elements);
        self.elements += 1;
        let odd = self.elements % 2 == 1;
        if self.random.chance(60) {
            let classes: Vec<String> =
                (0..=self.random.below(3)).map(|_| format!("c{}", self.random.below(8))).collect();
            let _ = write!(out, " class='{}'", classes.join(" "));
        }
        if self.random.chance(15) {
            let value = self.random.pick(&["one", "two", "one two", "One", ""]);
            let _ = write!(out, " data-k='{value}'");
        }
        if odd && self.random.chance(40) {
            let count = 1 + self.random.below(3);
            let _ = write!(out, " style=\"{}\"", self.declarations(count, true));
        }
        if self.random.chance(3) {
            out.push_str(" hidden");
        }
        out
    }

    fn block(&mut self, depth: usize, out: &mut String) {
        let inner = |maker: &mut Self, out: &mut String| {
            for _ in 0..=maker.random.below(3) {
                if depth < 4 && maker.random.chance(50) {
                    maker.block(depth + 1, out)
                } else {
                    maker.inline(depth, out)
                }
            }
        };
        match self.random.below(12) {
            0 => {
                let (list, item) = (self.attributes(), self.attributes());
                let _ = write!(out, "<ul{list}><li{item}>");
                inner(self, out);
                out.push_str("</li></ul>");
            }
            1 => {
                let attributes: Vec<String> = (0..4).map(|_| self.attributes()).collect();
                let cell = self.random.pick(&["td", "th"]);
                let colour =
                    if self.layers { "" } else { self.random.pick(&["", " bgcolor=yellow", " bgcolor='#123456'"]) };
                let _ = write!(
                    out,
                    "<table{}><tbody{}><tr{}><{cell}{}{colour}>",
                    attributes[0], attributes[1], attributes[2], attributes[3]
                );
                inner(self, out);
                let _ = write!(out, "</{cell}></tr></tbody></table>");
            }
            _ => {
                let tag = self.random.pick(BLOCKS);
                let attributes = self.attributes();
                let _ = write!(out, "<{tag}{attributes}>");
                if matches!(tag, "p" | "h2" | "h4" | "pre") {
                    (0..=self.random.below(3)).for_each(|_| self.inline(depth, out));
                } else {
                    inner(self, out);
                }
                let _ = write!(out, "</{tag}>");
            }
        }
    }

    fn inline(&mut self, depth: usize, out: &mut String) {
        let word = self.random.pick(WORDS);
        let _ = write!(out, "{word} ");
        let mut tag = self.random.pick(INLINES);
        let mut attributes = self.attributes();
        if depth < 5 && !out.contains("<a ") && self.random.chance(20) {
            tag = "a";
            attributes.push_str(" href='#x'");
        }
        if tag == "font" && !self.layers {
            attributes.push_str(self.random.pick(&["", " color=green", " color='#a0b'", "color=blue"]));
        }
        let _ = write!(out, "<{tag}{attributes}>");
        if depth < 6 && self.random.chance(55) {
            (0..=self.random.below(2)).for_each(|_| self.inline(depth + 2, out));
        } else if self.random.chance(85) {
            out.push_str(self.random.pick(WORDS));
        }
        let _ = write!(out, "</{tag}> ");
    }

    fn sheet(&mut self) -> String {
        let mut out =
            String::from(":root{--v0:#0a7;--v1:18px;--v2:600;--v3:var(--v0);--v4:uppercase;--v5:var(--v6)}\n");
        for _ in 0..12 + self.random.below(20) {
            let rule = self.rule(false);
            match self.random.below(20) {
                0 => {
                    let _ = write!(out, "@media print{{{rule}}}");
                }
                1 => {
                    let _ = write!(out, "@media screen{{{rule}}}");
                }
                2 => {
                    let _ = write!(out, "@media all,print{{{rule}}}");
                }
                3..6 if self.layers => {
                    let layer = self.random.pick(&["base", "theme", "base.low", "utilities"]);
                    let layered = self.rule(true);
                    let _ = write!(out, "@layer {layer}{{{layered}}}");
                }
                6 => out.push_str("@layer theme,base,utilities;"),
                7 => {
                    let _ = write!(out, "@font-face{{font-family:x;src:url(x)}}{rule}");
                }
                8 => {
                    let _ = write!(out, "@nonsense{{b{{color:red}}}}{rule}");
                }
                _ => out.push_str(&rule),
            }
            out.push('\n');
        }
        out
    }

    fn rule(&mut self, layered: bool) -> String {
        let count = 1 + self.random.below(2);
        let selectors: Vec<String> = (0..count).map(|_| self.selector()).collect();
        let declared = 1 + self.random.below(4);
        let mut body = self.declarations(declared, !layered);
        if !selectors.concat().contains('#') && self.random.chance(15) {
            let joint = self.random.pick(&["& ", "&", "> ", "+ ", "", "&:not(.c0) "]);
            let class = self.random.below(8);
            let nested = self.declarations(2, !layered);
            let _ = write!(body, ";{joint}.c{class}{{{nested}}}");
        }
        format!("{}{{{body}}}", selectors.join(","))
    }

    fn selector(&mut self) -> String {
        let mut out = self.compound();
        for _ in 0..self.random.below(3) {
            let joint = self.random.pick(&[" ", " ", ">", " + ", "~"]);
            let _ = write!(out, "{joint}{}", self.compound());
        }
        out
    }

    fn compound(&mut self) -> String {
        let mut out = String::new();
        match self.random.below(8) {
            0..3 => out.push_str(self.random.pick(INLINES)),
            3 => out.push_str(self.random.pick(BLOCKS)),
            4 => out.push('*'),
            _ => {}
        }
        let mut more = out.is_empty();
        if more || self.random.chance(30) {
            let _ = write!(out, ".c{}", self.random.below(8));
            more = false;
        }
        if more || self.random.chance(6) {
            let _ = write!(out, "#e{}", 2 * self.random.below(30) + 1);
        }
        if self.random.chance(8) {
            out.push_str(self.random.pick(&[
                "[data-k]",
                "[data-k=one]",
                "[data-k~=two]",
                "[data-k^=o]",
                "[data-k$=wo]",
                "[data-k*=n]",
                "[data-k='ONE' i]",
            ]));
        }
        if self.random.chance(20) {
            out.push_str(self.random.pick(&[
                ":first-child",
                ":last-child",
                ":only-child",
                ":nth-child(2)",
                ":nth-child(2n+1)",
                ":nth-child(-n+3)",
                ":nth-last-child(2)",
                ":first-of-type",
                ":last-of-type",
                ":nth-of-type(2)",
                ":not(.c1)",
                ":not(b,.c2)",
                ":is(.c3,i,mark)",
                ":where(.c4,#e8)",
                ":empty",
                ":hover",
                ":visited",
                ":link",
                ":has(.c5)",
                ":has(>b)",
                ":not(:first-child)",
                ":is(.c1 .c2,.c3>*)",
                ":root *",
                ":not(:is(b,i))",
            ]));
        }
        out
    }

    fn declarations(&mut self, count: usize, importance: bool) -> String {
        let all: Vec<String> = (0..count).map(|_| self.declaration(importance)).collect();
        all.join(";")
    }

    fn declaration(&mut self, importance: bool) -> String {
        let (name, values) = self.random.pick(DECLARATIONS);
        let value = match self.random.below(20) {
            0 if !name.starts_with("--") && name != "display" => "inherit",
            1 if !name.starts_with("--") => "initial",
            _ => self.random.pick(values),
        };
        let mark = if importance && self.random.chance(8) { "!important" } else { "" };
        if name.starts_with("--") { format!("{name}:{value}") } else { format!("{name}:{value}{mark}") }
    }
}
