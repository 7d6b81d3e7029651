//! One walk over the page in document order, giving every element its style.
//!
//! A stack of open elements stands in for recursion; what is on it is what children need of their parents.

use std::collections::BTreeSet;

use ego_tree::NodeId;
use selectors::context::SelectorCaches;

use super::cascade::{Declared, Winners};
use super::compute::{Nature, Reader};

use super::covers::Covers;
use super::declaration::Block;
use super::elsewhere::{Others, matters};
use super::generated::{Generated, Printer};
use super::hints;
use super::matching::{Budget, Candidate};
use super::page::{Element, Page};
use super::property::{Longhand, Value};
use super::rules::{Ancestors, Files, Index, Match};
use super::screens::Screens;
use super::style::Style;
use super::value::content::Piece;
use super::variables::{Scope, Variables};

/// What the walk gives: a style for each element, and the text that sheets add.
#[derive(Default)]
pub(super) struct Walked {
    /// Styles, each kept once for a run of elements that share it.
    pub(super) styles: Vec<Style>,
    /// For every element of the page the place of its style.
    pub(super) of: Vec<u32>,
    pub(super) generated: Vec<(u32, Generated)>,
}

/// An element whose children are being walked.
struct Open {
    place: u32,
    style: u32,
    scope: Scope,
    /// What it is on other screens, where that matters.
    others: Others,
    /// What is printed at its end.
    after: Option<(Box<[Piece]>, Style)>,
}

/// What an element has from its parent.
struct Family<'f> {
    parent: &'f Style,
    /// What it is on other screens, where that matters.
    others: &'f Others,
    scope: Scope,
    rem: f32,
}

/// The rules that styles come from, and the tools for matching them.
pub(super) struct Walk<'p, 'a> {
    pub(super) page: &'p Page<'a>,
    pub(super) browser: &'p Index,
    pub(super) sheets: &'p Index,
    /// Elements to be computed as if nothing hid them.
    pub(super) shown: &'p BTreeSet<NodeId>,
    pub(super) budget: &'p Budget,
    pub(super) variables: Variables,
    pub(super) caches: SelectorCaches,
    pub(super) ancestors: Ancestors,
}

impl<'p, 'a> Walk<'p, 'a> {
    pub(super) fn new(
        page: &'p Page<'a>,
        [browser, sheets]: [&'p Index; 2],
        shown: &'p BTreeSet<NodeId>,
        budget: &'p Budget,
    ) -> Self {
        Self {
            page,
            browser,
            sheets,
            shown,
            budget,
            variables: Variables::new(),
            caches: SelectorCaches::default(),
            ancestors: Ancestors::new(),
        }
    }

    /// Walks the page. `None` if the budget did not last.
    pub(super) fn run(mut self) -> Option<Walked> {
        let mut out = Walked {
            styles: vec![Style::INITIAL],
            of: Vec::with_capacity(self.page.elements().len()),
            generated: Vec::new(),
        };
        let mut open: Vec<Open> = Vec::new();
        let mut printer = Printer::default();
        let mut rem = Style::INITIAL.font_size;
        let mut covers = Covers::default();
        let alone = Others::default();
        let (mut browser, mut sheets) = (Vec::new(), Vec::new());
        for (place, element) in (0_u32..).zip(self.page.elements()) {
            while open.last().is_some_and(|last| Some(last.place) != element.parent()) {
                self.close(open.pop(), &mut printer, &mut out);
            }
            let (above, scope) = open.last().map_or((0, 0), |last| (last.style, last.scope));
            let others = open.last().map_or(&alone, |last| &last.others);
            let parent = out.styles.get(above as usize).copied().unwrap_or(Style::INITIAL);
            let family = Family { parent: &parent, others, scope, rem };
            let (style, others, scope) = self.style(element, &family, &mut browser, &mut sheets);
            if self.budget.is_spent() {
                return None;
            }
            if element.parent().is_none() {
                rem = style.font_size;
            }
            let kept = keep(style, above, &mut out.styles);
            out.of.push(kept);
            covers.look(&style, &parent, element.parent(), Some(place));
            let text = self.around(element, &style, scope, rem, false);
            covers.look_around(&text, &style, place);
            printer.print(text, place, false, self.page, &mut out.generated);
            let after = self.around(element, &style, scope, rem, true);
            covers.look_around(&after, &style, place);
            let opened = Open { place, style: kept, scope, others, after };
            if element.first().is_some() {
                hashes(self.page, element, |hash| self.ancestors.insert_hash(hash));
                open.push(opened);
            } else {
                printer.print(opened.after, place, true, self.page, &mut out.generated);
            }
        }
        while let Some(last) = open.pop() {
            self.close(Some(last), &mut printer, &mut out);
        }
        covers.conceal(self.page, self.shown, &mut out);
        Some(out)
    }

    fn close(&mut self, open: Option<Open>, printer: &mut Printer, out: &mut Walked) {
        let Some(open) = open else { return };
        let Some(element) = self.page.get(open.place) else { return };
        hashes(self.page, element, |hash| self.ancestors.remove_hash(hash));
        printer.print(open.after, open.place, true, self.page, &mut out.generated);
    }

    /// The style of `element`, and the scope of custom properties in it.
    fn style(
        &mut self,
        element: &'p Element<'a>,
        family: &Family<'_>,
        browser: &mut Vec<Match>,
        sheets: &mut Vec<Match>,
    ) -> (Style, Others, Scope) {
        self.collect(&self.browser.elements, self.browser, element, browser);
        self.collect(&self.sheets.elements, self.sheets, element, sheets);
        let hints = hints::of(element);
        let attribute = match element.attribute("style") {
            Some(text) => Block::of_attribute(text, self.page.quirks),
            None => Block::EMPTY,
        };
        let of = |screen: Screens| -> Vec<Match> {
            sheets.iter().filter(|of| of.screens.contains(screen)).copied().collect()
        };
        let differs = sheets.iter().any(|of| of.screens != Screens::ALL);
        let own = if differs { of(Screens::DESKTOP) } else { Vec::new() };
        let declared = Declared {
            browser,
            browser_index: self.browser,
            hints: &hints,
            page: if differs { &own } else { sheets },
            page_index: self.sheets,
            attribute: &attribute,
        };
        let scope = self.scope(&declared, family.scope);
        let nature = self.nature(element);
        let mut style = self.compute(&declared, family.parent, scope, family.rem, nature);
        let mut others = Others::default();
        style.elsewhere = family.parent.elsewhere;
        for (at, screen) in Screens::OTHERS.into_iter().enumerate() {
            style.elsewhere.hide(at, false);
            let above = family.others.get(at).and_then(Option::as_deref);
            let differs = sheets.iter().any(|of| of.screens.contains(screen) != of.screens.contains(Screens::DESKTOP));
            if !differs && above.is_none() {
                continue;
            }
            let page = of(screen);
            let declared = Declared { page: &page, ..declared };
            let (parent, outer) = above.map_or((family.parent, family.scope), |(style, scope)| (style, *scope));
            let inner = self.scope(&declared, outer);
            let there = self.compute(&declared, parent, inner, family.rem, nature);
            style.elsewhere.hide(at, there.hidden.is_some() && style.hidden.is_none());
            // Links are told from text in each site's own way.
            if there.stands_out_from(parent) && !style.stands_out_from(family.parent) && element.local() != "a" {
                style.elsewhere.set_off(at);
            }
            if let Some(slot) = others.get_mut(at)
                && matters(at, (&style, scope), (&there, inner))
            {
                *slot = Some(Box::new((there, inner)));
            }
        }
        (style, others, scope)
    }

    fn compute(&mut self, declared: &Declared<'_>, parent: &Style, scope: Scope, rem: f32, nature: Nature) -> Style {
        let mut winners: Winners<'_> = declared.winners();
        let settled = winners.pending(&mut self.variables, scope);
        winners.settle(&settled);
        // At the root `rem` is of the root's own size, which its `font-size` cannot wait for.
        Reader { winners: &winners, parent, rem }.style(nature)
    }

    /// Fills `matches` with the rules of `files` that apply to `element`, weakest first.
    fn collect(&mut self, files: &Files, index: &Index, element: &'p Element<'a>, matches: &mut Vec<Match>) {
        matches.clear();
        let candidate = Candidate { page: self.page, element, budget: self.budget };
        files.collect(index, &candidate, &self.ancestors, &mut self.caches, matches);
        matches.sort_unstable();
        matches.dedup();
    }

    fn scope(&mut self, declared: &Declared<'_>, parent: Scope) -> Scope {
        if declared.customs().next().is_none() {
            return parent;
        }
        if !declared.attribute.customs.is_empty() {
            return self.variables.enter(parent, declared.customs());
        }
        let key: Vec<u32> = declared
            .page
            .iter()
            .map(|of| of.block)
            .filter(|block| !declared.page_index.block(*block).customs.is_empty())
            .collect();
        if let Some(scope) = self.variables.shared(parent, &key) {
            return scope;
        }
        let scope = self.variables.enter(parent, declared.customs());
        self.variables.share(parent, key, scope);
        scope
    }

    fn nature(&self, element: &'p Element<'a>) -> Nature {
        let shown = self.shown.contains(&element.node);
        if !element.html {
            return Nature { root: element.parent().is_none(), shown, ..Nature::default() };
        }
        let closed = element.local() == "details" && element.attribute("open").is_none();
        let folded = element.parent().and_then(|parent| self.page.get(parent)).is_some_and(|parent| {
            parent.html
                && parent.local() == "details"
                && parent.attribute("open").is_none()
                && !self.is_first_summary(element)
        });
        Nature {
            root: element.parent().is_none(),
            hidden_attribute: element.attribute("hidden").is_some(),
            replaced: matches!(element.local(), "audio" | "canvas" | "iframe" | "img" | "meter" | "progress" | "video")
                || (element.local() == "object"
                    && (element.attribute("data").is_some() || element.attribute("type").is_some())),
            closed,
            folded,
            shown,
        }
    }

    fn is_first_summary(&self, element: &Element<'a>) -> bool {
        if element.local() != "summary" {
            return false;
        }
        let mut before = element.previous().and_then(|place| self.page.get(place));
        while let Some(sibling) = before {
            if sibling.local() == "summary" || !self.budget.step() {
                return false;
            }
            before = sibling.previous().and_then(|place| self.page.get(place));
        }
        true
    }

    /// What sheets print before or after the content of `element`, and in what style.
    fn around(
        &mut self,
        element: &'p Element<'a>,
        style: &Style,
        scope: Scope,
        rem: f32,
        after: bool,
    ) -> Option<(Box<[Piece]>, Style)> {
        let pick = |index: &'p Index| if after { &index.after } else { &index.before };
        let (of_browser, of_sheets) = (pick(self.browser), pick(self.sheets));
        let (mut browser, mut sheets) = (Vec::new(), Vec::new());
        self.collect(of_browser, self.browser, element, &mut browser);
        if of_sheets.has_content {
            self.collect(of_sheets, self.sheets, element, &mut sheets);
            sheets.retain(|of| of.screens.contains(Screens::DESKTOP));
        }
        let has_content = |matches: &[Match], index: &Index| matches.iter().any(|of| index.block(of.block).has_content);
        if !has_content(&browser, self.browser) && !has_content(&sheets, self.sheets) {
            return None;
        }
        let declared = Declared {
            browser: &browser,
            browser_index: self.browser,
            hints: &Vec::new(),
            page: &sheets,
            page_index: self.sheets,
            attribute: &Block::EMPTY,
        };
        let scope = self.scope(&declared, scope);
        let mut winners = declared.winners();
        let settled = winners.pending(&mut self.variables, scope);
        winners.settle(&settled);
        let Some(Value::Content(pieces)) = winners.get(Longhand::Content) else { return None };
        let blank = pieces.iter().all(|piece| matches!(piece, Piece::Text(text) if text.trim().is_empty()));
        if pieces.is_empty() || (blank && winners.get(Longhand::Position).is_none()) {
            return None;
        }
        let style = Reader { winners: &winners, parent: style, rem }.style(Nature::default());
        // Without words of its own it matters only where it lies over others.
        (!blank || style.covers).then(|| (pieces.clone(), style))
    }
}

/// The place of `style` in `styles`: that of the parent or of the element before where they are the same.
fn keep(style: Style, parent: u32, styles: &mut Vec<Style>) -> u32 {
    if styles.get(parent as usize) == Some(&style) {
        return parent;
    }
    if styles.last() != Some(&style) {
        styles.push(style);
    }
    u32::try_from(styles.len() - 1).unwrap_or(u32::MAX)
}

/// Calls `each` with all by which rules could name `element` as an ancestor.
fn hashes(page: &Page<'_>, element: &Element<'_>, mut each: impl FnMut(u32)) {
    each(element.name);
    element.id.into_iter().for_each(&mut each);
    page.classes(element).iter().for_each(|(hash, _)| each(*hash));
}
