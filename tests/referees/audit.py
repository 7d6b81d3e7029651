#!/usr/bin/env python3
"""How many pairs a second `vidimus audit` checks, side by side with what one would otherwise write in Python: trafilatura and
difflib, and web-monitoring-diff, each in as many processes as there are processors, on the same pairs in the same run.

  audit.py VIDIMUS PYTHON PYTHON                makes pages of its own
  audit.py VIDIMUS PYTHON PYTHON --pairs DIR    takes those of DIR/o and DIR/c, which have the same names

The first PYTHON has trafilatura, the second web-monitoring-diff: they do not agree about lxml.

Fails where vidimus is not as many times faster than the faster of the two as --least says, or a second run with nothing changed not
as many times faster than the first as --again says.
"""
import argparse, concurrent.futures, difflib, json, os, pathlib, random, resource, subprocess, sys, tempfile, time


def trafilatura_difflib(pair):
    import trafilatura
    texts = [trafilatura.extract(pathlib.Path(path).read_text(errors="replace")) or "" for path in pair]
    words = [text.split() for text in texts]
    return len(list(difflib.SequenceMatcher(None, *words, autojunk=False).get_opcodes()))


def web_monitoring_diff(pair):
    from web_monitoring_diff import html_diff_render
    texts = [pathlib.Path(path).read_text(errors="replace") for path in pair]
    return html_diff_render(*texts, include="combined")["change_count"]


def guarded(task):
    """Some pages are too much for them; that counts as done."""
    function, pair = task
    try:
        function(pair)
        return True
    except Exception:
        return False


PROGRAMS = {"trafilatura + difflib": trafilatura_difflib, "web-monitoring-diff": web_monitoring_diff}


def rate(function, pairs, processes):
    with concurrent.futures.ProcessPoolExecutor(processes) as pool:
        # Starting Python and importing is not what is measured.
        list(pool.map(guarded, [(function, pairs[0])] * processes))
        began = time.monotonic()
        done = list(pool.map(guarded, [(function, pair) for pair in pairs], chunksize=4))
        return len(pairs) / (time.monotonic() - began), done.count(False)


def sentence(chance):
    words = "the a of and to in that it for on with as by at from they ministry talks river harvest vote road school water budget".split()
    return " ".join(chance.choice(words) for _ in range(chance.randint(8, 22))).capitalize() + "."


def make(folder, count):
    """Releases in a plain template, and copies of them with what sites put around them; every fifth is altered."""
    for side in ("o", "c"):
        (folder / side).mkdir()
    for number in range(count):
        chance = random.Random(number)
        body = ["<p>%s</p>" % " ".join(sentence(chance) for _ in range(4)) for _ in range(14)]
        title = "<h1>Release %d</h1>" % number
        (folder / "o" / f"{number:05}.html").write_text(f"<!doctype html><title>Release {number}</title>{title}{''.join(body)}")
        if number % 5 == 0:
            body[3] = body[3].replace("the ", "no ", 1)
            body[5] = "<p><b>" + body[5][3:].replace("</p>", "</b></p>")
        menu = "".join(f'<li class="i{i % 7}"><a href="/s/{i}">Section {i}</a></li>' for i in range(120))
        css = "".join(f".i{i}{{color:#{i:03}}} .side .box{i} p{{margin:{i}px;font-size:{10 + i % 8}px}}" for i in range(60))
        side = "".join(f'<div class="box{i}"><h3>{sentence(chance)}</h3><p>{sentence(chance)}</p></div>' for i in range(40))
        (folder / "c" / f"{number:05}.html").write_text(
            f"<!doctype html><title>Release {number} | Site</title><style>{css}</style><nav><ul>{menu}</ul></nav>"
            f"<main><article>{title}{''.join(body)}</article></main><aside class=side>{side}</aside><footer><p>All rights reserved</p></footer>"
        )


def audit(vidimus, folder):
    began = time.monotonic()
    status = subprocess.run([vidimus, "audit", "--color", "never"], cwd=folder, stdout=subprocess.PIPE, text=True)
    if status.returncode not in (0, 1):
        sys.exit(f"vidimus audit ended with {status.returncode}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return time.monotonic() - began, peak, status.stdout.splitlines()[:2]


def measured(python, name, pairs, processes):
    """The same in another Python."""
    task = json.dumps([name, pairs, processes])
    done = subprocess.run([python, __file__, "--measure"], input=task, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def main():
    if sys.argv[1:] == ["--measure"]:
        name, pairs, processes = json.load(sys.stdin)
        return print(json.dumps(rate(PROGRAMS[name], pairs, processes)))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("vidimus")
    parser.add_argument("python", nargs=2)
    parser.add_argument("--pairs", type=pathlib.Path)
    parser.add_argument("--count", type=int, default=400, help="how many pairs are made")
    parser.add_argument("--sample", type=int, default=200, help="how many of the pairs Python is given, spread evenly")
    parser.add_argument("--least", type=float, default=0)
    parser.add_argument("--again", type=float, default=0)
    args = parser.parse_args()
    vidimus, processes = os.path.abspath(args.vidimus), os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        if args.pairs:
            for side in ("o", "c"):
                (folder / side).symlink_to((args.pairs / side).resolve())
        else:
            make(folder, args.count)
        (folder / "vidimus.toml").write_text('version = 1\n[[mirror]]\noriginal = "o"\ncopy = "c"\n')
        names = sorted(path.name for path in (folder / "c").iterdir())
        sizes = sum(path.stat().st_size for side in ("o", "c") for path in (folder / side).iterdir())
        print(f"{len(names)} pairs, {sizes / 1e6:.0f} MB, {processes} processors")
        first, peak, told = audit(vidimus, folder)
        print(f"vidimus audit:            {len(names) / first:9.1f} pairs a second, {peak:.0f} MB  ({'; '.join(told)})")
        second, _, _ = audit(vidimus, folder)
        print(f"vidimus audit, again:     {len(names) / second:9.1f} pairs a second: {first / second:.1f} times the first run")
        step = max(1, len(names) // args.sample)
        sample = [(str(folder / "o" / name), str(folder / "c" / name)) for name in names[::step]]
        rates = {}
        for name, python in zip(PROGRAMS, args.python):
            rates[name], failed = measured(python, name, sample, processes)
            print(f"{name + ':':25} {rates[name]:9.1f} pairs a second on {len(sample)} of them, {failed} failed")
            if failed * 2 > len(sample):
                sys.exit(f"{name} does not work here, so nothing was measured")
        times = len(names) / first / max(rates.values())
        print(f"vidimus is {times:.0f} times as fast as the faster of the two")
    if times < args.least or first / second < args.again:
        sys.exit(f"that is less than {args.least:.0f} times, or a second run is less than {args.again:.0f} times as fast")


if __name__ == "__main__":
    main()
