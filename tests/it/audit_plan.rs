//! Mistakes in plans and baselines: each is trouble that names the file, the line and the column, before anything is checked.

use crate::support::{Sandbox, schema};

/// Runs a plan beside two pages.
fn trouble(plan: &str, cause: &str, hint: &str) {
    let sandbox = Sandbox::new();
    for name in ["o.html", "c.html", "pages/a.html", "copies/a.html"] {
        sandbox.write(name, "<p>Talks will continue in May, said the office.</p>");
    }
    sandbox.write("plan.toml", plan);
    let run = sandbox.vidimus(["audit", "plan.toml"]);
    run.trouble(cause);
    assert!(hint.is_empty() || run.stderr.contains(hint), "wanted {hint:?}: {}", run.stderr);
    assert!(!sandbox.path("report").exists(), "{plan}: nothing is written before the plan is sound");
}

/// A plan of one pair with more behind it.
fn with(more: &str) -> String {
    format!("version = 1\n[[pair]]\noriginal = \"o.html\"\ncopy = \"c.html\"\n{more}")
}

/// Mistakes that the schema knows, too: the plan, what is said, and the hint.
fn mistakes() -> Vec<(String, &'static str, &'static str)> {
    vec![
        (String::new(), "plan.toml:1:1: `version` is missing", "begin with version = 1"),
        ("version = 1.5\n".to_owned(), "plan.toml:1:11: there is no such version of plans", "write version = 1"),
        ("version = 2\n".to_owned(), "plan.toml:1:11: the plan is of a later version than this build reads", ""),
        ("version = 1\n".to_owned(), "plan.toml:1:1: the plan names nothing to check", ""),
        (with("polcy = {}"), "plan.toml:5:1: unknown key `polcy`", "did you mean `policy`?"),
        ("version = 1\n[[pair]]\noriginal = \"o.html\"\n".to_owned(), "plan.toml:2:1: `copy` is missing here", ""),
        (with("[policy]\nminimum_coverage = 95"), "plan.toml:6:20: `minimum_coverage` is a share from 0 to 1", ""),
        (
            with("[policy.facets]\nnegations = \"deny\""),
            "plan.toml:6:1: `negations` is no facet",
            "did you mean `negation`?",
        ),
        (with("[policy.verdicts]\nfine = \"deny\""), "plan.toml:6:1: `fine` is no verdict", "there are: verbatim"),
        (with("[policy.findings]\nlink = \"no\""), "plan.toml:6:8: \"no\" is no level", "there are: allow, warn, deny"),
        (with("[policy]\nmax_age = \"a month\""), "plan.toml:6:11: \"a month\" is no age", ""),
        (with("[policy]\nunchecked = true"), "plan.toml:6:13: `unchecked` is a text, and this is of type boolean", ""),
        (
            with("[policy]\nrequired_assurance = { original = \"sworn\" }"),
            "plan.toml:6:35: \"sworn\" is no assurance",
            "",
        ),
        (with("[[mirror]]\noriginal = \"pages\"\n"), "plan.toml:5:1: `copy` is missing here", ""),
        (with("[seal]\nkey = \"k\"\norigin = \"a b\""), "plan.toml:7:10: `origin` is plain ASCII", ""),
    ]
}

#[test]
fn a_mistake_is_named_with_its_place() {
    for (plan, cause, hint) in mistakes() {
        trouble(&plan, cause, hint);
    }
    trouble("version = 1\n[[pair]\n", "plan.toml:2:", "");
    trouble(
        &with("name = \"a\"\n[[pair]]\nname = \"a\"\noriginal = \"c.html\"\ncopy = \"o.html\""),
        "the rule of line 2 is called \"a\" too",
        "",
    );
    trouble(&with("name = \"a\"\n[[pair]]\noriginal = \"-\"\ncopy = \"o.html\""), "plan.toml:7:12: an audit reads", "");
}

#[test]
fn the_schema_refuses_the_same_plans() {
    let valid = |text: &str| {
        let plan: toml::Table = text.parse().unwrap();
        schema::plan_faults(&serde_json::to_value(plan).unwrap()).is_empty()
    };
    for (plan, cause, _) in mistakes() {
        assert!(!valid(&plan), "the schema lets {plan:?} pass: {cause}");
    }
    assert!(valid(&with("policy = { facets = { number = \"deny\" }, quotes = { emphasised = \"warn\" } }")));
}

#[test]
fn a_rule_that_comes_to_nothing_is_trouble() {
    let mirror = |more: &str| format!("version = 1\n[[mirror]]\noriginal = \"pages\"\ncopy = \"copies\"\n{more}");
    trouble(&mirror("match = [\"*.txt\"]"), "plan.toml:5:10: \"*.txt\" matches nothing", "");
    trouble(&mirror("match = [\"*.html\", \"2017/**\"]"), "plan.toml:5:20: \"2017/**\" matches nothing", "");
    trouble(&mirror("replace = { \".htm_\" = \".html\" }"), "plan.toml:5:13: \".htm_\" stands in no path", "");
    trouble(&mirror("match = [\"a[.html\"]"), "plan.toml:5:10: a[.html: ", "");
    trouble(&mirror("except = [\"**\"]"), "matches nothing", "");
    trouble(&mirror("list = \"none.txt\""), "plan.toml:5:8: none.txt: no such file", "");
    trouble(&mirror("copy_prefix = \"https://a.example/\""), "plan.toml:5:15: a prefix is for archives", "");
    trouble(&mirror("").replace("copies", "nowhere"), "plan.toml:4:8: nowhere: there is no such folder", "");
    trouble(&mirror("").replace("copies", "c.html"), "plan.toml:4:8: c.html: a file, not a folder", "");
    trouble(&mirror("").replace("copies", "none.wacz"), "plan.toml:4:8: none.wacz: there is no such file", "");
    trouble(
        "version = 1\n[[mirror]]\noriginal = \"https://a.example/\"\ncopy = \"https://b.example/\"\n",
        "plan.toml:2:1: the rule \"mirror 1\" does not say which pages there are",
        "as `list`",
    );
    let twice = "version = 1\n[[pair]]\noriginal = \"pages/a.html\"\ncopy = \"copies/a.html\"\n[[mirror]]\noriginal = \"pages\"\ncopy = \"copies\"\n";
    trouble(
        twice,
        "plan.toml:5:1: the rule \"mirror 1\" comes to nothing: all its pairs belong to rules before it",
        "",
    );
}

#[test]
fn a_copy_that_is_its_original_is_trouble() {
    let pair = |original: &str, copy: &str| {
        let plan = format!("version = 1\n[[pair]]\noriginal = {original:?}\ncopy = {copy:?}\n");
        trouble(&plan, "plan.toml:4:8: the copy is the original itself", "");
    };
    pair("o.html", "o.html");
    pair("o.html", "./pages/../o.html");
    pair("https://a.example/x", "https://A.example:443/x");
    pair("a.wacz#https://a.example/", "a.wacz#https://a.example/");
    for copy in ["pages", "copies/../pages/"] {
        let plan = format!("version = 1\n[[mirror]]\noriginal = \"pages\"\ncopy = {copy:?}\n");
        trouble(&plan, "plan.toml:4:8: the copies are the originals themselves", "");
    }
}

#[test]
fn a_plan_that_is_not_there_says_how_to_begin() {
    let sandbox = Sandbox::new();
    let run = sandbox.vidimus(["audit"]);
    run.trouble("vidimus.toml: no such file");
    assert!(run.stderr.contains("vidimus init vidimus.toml writes one"), "{}", run.stderr);
    sandbox.write("bytes.toml", b"version = 1\n\xff");
    sandbox.vidimus(["audit", "bytes.toml"]).trouble("bytes.toml:2:1: not text: this byte is not UTF-8");
    sandbox.vidimus(["audit", "."]).trouble(".: not a file");
}

#[test]
fn a_run_by_nobody_is_trouble() {
    let sandbox = Sandbox::new();
    sandbox.write("vidimus.toml", with(""));
    for jobs in ["0", "-1", "many"] {
        sandbox.vidimus(["audit", &format!("--jobs={jobs}")]).trouble("must be a whole number from 1");
    }
}

#[test]
fn a_baseline_that_cannot_be_read_is_trouble() {
    let sandbox = Sandbox::new();
    sandbox.write("o.html", "<p>Talks will continue in May, said the office.</p>");
    let plan = "version = 1\nbaseline = \"base.toml\"\n[[pair]]\noriginal = \"o.html\"\ncopy = \"c.html\"\n";
    sandbox.write("vidimus.toml", plan);
    sandbox.vidimus(["audit"]).trouble("vidimus.toml:2:12: the baseline base.toml: no such file");
    for (text, cause) in [
        ("", "base.toml:1:1: `version` is missing"),
        ("version = 0.5", "base.toml:1:11: there is no such version of baselines"),
        ("version = 1\n[[accepted]]\n", "base.toml:2:1: `fingerprint` is missing here"),
        (
            "version = 1\n[[accepted]]\nfingerprint = \"f\"\npair = \"p\"\nauthor = \"a\"\nreason = \" \"\n",
            "base.toml:6:10: `reason` is empty",
        ),
        (
            "version = 1\n[[accepted]]\nfingerprint = \"f\"\npair = \"p\"\nauthor = \"a\"\nreason = \"r\"\nexpires = \"soon\"\n",
            "base.toml:7:11: \"soon\" is no day",
        ),
        ("version = 1\n[[acepted]]\n", "base.toml:2:3: unknown key `acepted`"),
    ] {
        sandbox.write("base.toml", text);
        sandbox.vidimus(["audit"]).trouble(cause);
    }
}
