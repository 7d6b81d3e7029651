//! Declarative shadow roots: a `<template shadowrootmode>` is what its element shows, with the element's own children in slots.
//!
//! The tree is rearranged before anything else looks at it. Sheets inside a shadow root reach no further than it, which
//! cannot be had in one tree: they are left out, and a note says so.

use ego_tree::{NodeId, NodeRef};
use scraper::{Html, Node};

use crate::extract::Note;

/// How many shadow roots are opened.
const ROOTS: usize = 2_000;

/// Puts shadow roots in place of what they hide. The note says if styles were left out.
pub(super) fn open(html: &mut Html) -> Option<Note> {
    let is_root = |node: &NodeRef<'_, Node>| {
        let template = node.value().as_element().filter(|own| own.name() == "template");
        let mode = template.and_then(|own| own.attr("shadowrootmode"));
        mode.is_some_and(|mode| ["open", "closed"].iter().any(|own| mode.trim().eq_ignore_ascii_case(own)))
    };
    let roots: Vec<NodeId> = html.tree.root().descendants().filter(is_root).map(|node| node.id()).take(ROOTS).collect();
    let mut styled = false;
    let mut hosts = Vec::new();
    for root in roots {
        let Some(host) = html.tree.get(root).and_then(|root| root.parent()).map(|host| host.id()) else { continue };
        if !hosts.contains(&host) {
            hosts.push(host);
            styled |= distribute(html, root, host);
        }
    }
    styled.then(|| Note {
        code: "shadow-style-not-read".to_owned(),
        message: "Parts of the page have style sheets of their own (shadow roots), which were not followed.".to_owned(),
    })
}

/// Opens one shadow root; whether it had sheets.
fn distribute(html: &mut Html, root: NodeId, host: NodeId) -> bool {
    let Some(template) = html.tree.get(root) else { return false };
    let content: Option<NodeId> = template.first_child().filter(|own| own.value().is_fragment()).map(|own| own.id());
    let Some(content) = content.and_then(|content| html.tree.get(content)) else { return false };
    let shown: Vec<NodeId> = content.children().map(|node| node.id()).collect();
    let named = |node: NodeRef<'_, Node>, name: &str, attribute: &str| {
        let own = node.value().as_element().filter(|own| own.name() == name);
        own.map(|own| own.attr(attribute).unwrap_or_default().to_owned())
    };
    let slots: Vec<(NodeId, String)> =
        content.descendants().filter_map(|node| Some((node.id(), named(node, "slot", "name")?))).collect();
    let sheet =
        |node: &NodeRef<'_, Node>| node.value().as_element().is_some_and(|own| matches!(own.name(), "style" | "link"));
    let sheets: Vec<NodeId> = content.descendants().filter(sheet).map(|node| node.id()).collect();
    let content = content.id();
    let light: Vec<(NodeId, String)> = html.tree.get(host).map_or(Vec::new(), |host| {
        let own = host.children().filter(|child| child.id() != root);
        own.map(|child| {
            (child.id(), child.value().as_element().and_then(|own| own.attr("slot")).unwrap_or_default().to_owned())
        })
        .collect()
    });
    let mut taken = Vec::new();
    for (child, slot) in light {
        // What no slot takes is not shown: it stays in the template.
        let place = slots.iter().find(|(_, name)| *name == slot).map_or(content, |(place, _)| *place);
        if place != content && !taken.contains(&place) {
            let blank = |node: NodeRef<'_, Node>| node.value().as_text().is_some_and(|text| text.trim().is_empty());
            if html.tree.get(child).is_some_and(blank) {
                continue;
            }
            taken.push(place);
            let fallback: Vec<NodeId> =
                html.tree.get(place).map_or(Vec::new(), |slot| slot.children().map(|node| node.id()).collect());
            for node in fallback {
                detach(html, node);
            }
        }
        append(html, place, child);
    }
    for node in shown {
        append(html, host, node);
    }
    for node in &sheets {
        detach(html, *node);
    }
    !sheets.is_empty()
}

fn append(html: &mut Html, parent: NodeId, child: NodeId) {
    if let Some(mut parent) = html.tree.get_mut(parent) {
        parent.append_id(child);
    }
}

fn detach(html: &mut Html, node: NodeId) {
    if let Some(mut node) = html.tree.get_mut(node) {
        node.detach();
    }
}
