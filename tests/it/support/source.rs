//! A reader of our own source: tokens with their lines, so that no comment and no string is mistaken for code.
//!
//! Here: what a file names, and where its functions begin and end. What is allowed is said in `layers`, `homes` and `tidy`.

use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// One file of Rust.
pub struct Source {
    /// Its path, relative to the project.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// Its tokens.
    pub tokens: TokenStream,
}

/// A path written in the source, such as `crate::text::words` or `sha2::Sha256`.
#[derive(Debug, PartialEq, Eq)]
pub struct Named {
    /// Its parts, as written. Each leaf of a `use` tree is a path of its own.
    pub parts: Vec<String>,
    /// The line it begins on.
    pub line: usize,
    /// The names of the modules inside this file that it stands in, outermost first.
    pub inside: Vec<String>,
}

/// A function with a body.
pub struct Function {
    /// Its name.
    pub name: String,
    /// The line of `fn`.
    pub line: usize,
    /// Lines that hold code, from `fn` to the closing brace.
    pub code: usize,
}

/// All Rust files below `folder`, read.
pub fn sources(folder: &str) -> Vec<Source> {
    let rust =
        super::files(folder).into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    rust.map(|path| Source::new(&path, super::read(&path))).collect()
}

impl Source {
    /// Reads a text as the file `path`.
    pub fn new(path: &Path, text: String) -> Self {
        let tokens = text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self { path: path.to_owned(), text, tokens }
    }

    /// How many lines hold code: neither blank nor nothing but a comment.
    pub fn code_lines(&self) -> usize {
        self.text.lines().filter(|line| is_code(line)).count()
    }

    /// Every path of two or more parts, and every leaf of a `use`.
    pub fn paths(&self) -> Vec<Named> {
        let mut found = Vec::new();
        walk(self.tokens.clone(), &mut Vec::new(), &mut found);
        found
    }

    /// Every function with a body, those inside others included.
    pub fn functions(&self) -> Vec<Function> {
        let mut found = Vec::new();
        functions(self.tokens.clone(), &mut found);
        let lines: Vec<&str> = self.text.lines().collect();
        let code = |from: usize, to: usize| lines[from - 1..to].iter().filter(|line| is_code(line)).count();
        found.into_iter().map(|(name, from, to)| Function { name, line: from, code: code(from, to) }).collect()
    }

    /// Every macro called, and the line.
    pub fn macros(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        each(self.tokens.clone(), &mut |tokens| {
            if let [TokenTree::Ident(name), sign, TokenTree::Group(_)] = tokens
                && is_sign(sign, '!')
            {
                found.push((name.span().start().line, name.to_string()));
            }
        });
        found
    }

    /// The first word of every attribute, and the line.
    pub fn attributes(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        each(self.tokens.clone(), &mut |tokens| {
            let ([sign, TokenTree::Group(group), _] | [sign, _, TokenTree::Group(group)]) = tokens else { return };
            if is_sign(sign, '#')
                && group.delimiter() == Delimiter::Bracket
                && let Some(TokenTree::Ident(name)) = group.stream().into_iter().next()
            {
                found.push((name.span().start().line, name.to_string()));
            }
        });
        found
    }

    /// The module the file is, as parts below the crate's root: `src/check/edits.rs` is `check`, `edits`.
    pub fn module(&self) -> Vec<String> {
        let inside = self.path.strip_prefix("src").unwrap_or(&self.path).with_extension("");
        let mut parts: Vec<String> = inside.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
        if parts.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
            parts.pop();
        }
        parts
    }
}

/// Hands every three tokens that follow each other to `look`, at every depth.
fn each(tokens: TokenStream, look: &mut impl FnMut(&[TokenTree])) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    tokens.windows(3).for_each(&mut *look);
    for token in tokens {
        if let TokenTree::Group(group) = token {
            each(group.stream(), look);
        }
    }
}

fn is_code(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.starts_with("//")
}

fn walk(tokens: TokenStream, inside: &mut Vec<String>, found: &mut Vec<Named>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Group(group) => {
                let module = module_name(&tokens[..at]);
                inside.extend(module.clone());
                walk(group.stream(), inside, found);
                module.map(|_| inside.pop());
                at += 1;
            }
            TokenTree::Ident(ident) if *ident == "use" => {
                let end =
                    tokens[at..].iter().position(|token| is_sign(token, ';')).map_or(tokens.len(), |end| at + end);
                leaves(&tokens[at + 1..end], &[], inside, found);
                at = end;
            }
            TokenTree::Ident(ident) => {
                let (parts, line) = (path_at(&tokens[at..]), ident.span().start().line);
                at += parts.len() * 3 - 2;
                if parts.len() > 1 {
                    found.push(Named { parts, line, inside: inside.clone() });
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => at += 1,
        }
    }
}

/// The name of the module whose body follows these tokens, if one does.
fn module_name(before: &[TokenTree]) -> Option<String> {
    let [.., TokenTree::Ident(word), TokenTree::Ident(name)] = before else { return None };
    (*word == "mod").then(|| name.to_string())
}

fn is_sign(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

/// `a::b::c` from the start of `tokens`, as far as names go.
fn path_at(tokens: &[TokenTree]) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = tokens;
    while let [TokenTree::Ident(ident), after @ ..] = rest {
        parts.push(ident.to_string());
        rest = match after {
            [one, two, next @ ..]
                if is_sign(one, ':') && is_sign(two, ':') && matches!(next, [TokenTree::Ident(_), ..]) =>
            {
                next
            }
            _ => break,
        };
    }
    parts
}

/// The paths of a `use` tree.
fn leaves(tokens: &[TokenTree], before: &[String], inside: &[String], found: &mut Vec<Named>) {
    for branch in tokens.split(|token| is_sign(token, ',')) {
        let mut parts = before.to_vec();
        let mut line = None;
        for token in branch {
            match token {
                TokenTree::Ident(ident) if *ident == "as" => break,
                TokenTree::Ident(ident) => {
                    parts.push(ident.to_string());
                    line.get_or_insert(ident.span().start().line);
                }
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    leaves(&group.stream().into_iter().collect::<Vec<_>>(), &parts, inside, found);
                    line = None;
                    break;
                }
                TokenTree::Group(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
        if let Some(line) = line {
            found.push(Named { parts, line, inside: inside.to_vec() });
        }
    }
}

fn functions(tokens: TokenStream, found: &mut Vec<(String, usize, usize)>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut open: Option<(String, usize)> = None;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(word) if *word == "fn" => {
                if let Some(TokenTree::Ident(name)) = tokens.get(at + 1) {
                    open = Some((name.to_string(), word.span().start().line));
                }
            }
            TokenTree::Punct(punct) if punct.as_char() == ';' => open = None,
            TokenTree::Group(group) => {
                if group.delimiter() == Delimiter::Brace
                    && let Some((name, line)) = open.take()
                {
                    found.push((name, line, group.span_close().end().line));
                }
                functions(group.stream(), found);
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

#[test]
fn what_a_file_names_is_found_wherever_it_stands() {
    let text = "use a::{b, c::{self, D as E}};\n// crate::no\nfn f() -> x::Y { let s = \"crate::no\"; m!(crate::z::w(1)); T::<u8>::n() }\nmod t { use super::super::q; }\n";
    let source = Source::new(Path::new("src/s/u.rs"), text.to_owned());
    let shown: Vec<String> = source
        .paths()
        .iter()
        .map(|path| format!("{} {} {}", path.line, path.parts.join("::"), path.inside.join(".")))
        .collect();
    assert_eq!(shown, ["1 a::b ", "1 a::c::self ", "1 a::c::D ", "3 x::Y ", "3 crate::z::w ", "4 super::super::q t"]);
    let functions: Vec<(String, usize)> = source.functions().iter().map(|own| (own.name.clone(), own.code)).collect();
    assert_eq!(
        (functions, source.code_lines(), source.module().join("::")),
        (vec![("f".to_owned(), 1)], 3, "s::u".to_owned())
    );
}

#[test]
fn macros_and_attributes_are_found_at_every_depth() {
    let text = "#![allow(x)]\n#[cfg(test)]\nmod t {\n #[test] #[ignore]\n fn f() { g(todo!(\"x\")) } }\n// todo!()\n";
    let source = Source::new(Path::new("src/t.rs"), text.to_owned());
    let attributes: Vec<String> =
        source.attributes().into_iter().map(|(line, name)| format!("{line} {name}")).collect();
    assert_eq!(attributes, ["1 allow", "2 cfg", "4 test", "4 ignore"]);
    assert_eq!(source.macros(), [(5, "todo".to_owned())]);
}
