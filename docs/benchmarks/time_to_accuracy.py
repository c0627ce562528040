#!/usr/bin/env python3
"""What a budget buys: AP50 and AP on test images against the CPU seconds of training.

Trains once for each number of steps a round, evaluates each model on the test images, prints a table
in Markdown and draws it as SVG. Needs nothing but Python's standard library and a built Errata.

  docs/benchmarks/time_to_accuracy.py configs/bccd.yaml \
      --train voc:DIR:trainval --test voc:DIR:test \
      --others docs/benchmarks/yolo11n-blood-cells.csv --out docs/images/time-to-accuracy.svg
"""

import argparse
import csv
import json
import math
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

WIDTH, HEIGHT, MARGIN = 640, 360, 56
COLOURS = {"errata": "#d1495b", "others": "#30638e"}


def cpu_seconds(command):
    """Runs a command to its end; what it and its children took of all processors together."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(done.stderr or done.stdout)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def trained(arguments, steps, seed, folder):
    """A row: name, CPU seconds, AP50, AP."""
    run = Path(folder) / f"{steps}-{seed}"
    settings = [f"training.steps_per_round={steps}", f"run.seed={seed}", "run.threads=1"]
    command = [arguments.errata, "train", arguments.config, "--skip-bad", "--out", str(run)]
    command += ["--set", "data.train=" + arguments.train]
    command += [part for setting in settings for part in ("--set", setting)]
    seconds, _ = cpu_seconds(command)
    _, text = cpu_seconds(
        [arguments.errata, "evaluate", str(run), "--data", arguments.test, "--skip-bad", "--json"])
    figures = json.loads(text)
    return f"errata, {steps} steps a round", seconds, figures["ap50"], figures["ap"]


def others(path):
    with open(path, newline="") as file:
        lines = [line for line in file if not line.startswith("#")]
    return [(name, float(s), float(ap50), float(ap)) for name, s, ap50, ap in csv.reader(lines)]


def figure(rows):
    """Each kind of detector as two lines, AP50 and AP, over the logarithm of the seconds."""
    low = math.log10(min(row[1] for row in rows) * 0.8)
    high = math.log10(max(row[1] for row in rows) * 1.25)

    def x(seconds):
        return MARGIN + (math.log10(seconds) - low) / (high - low) * (WIDTH - 2 * MARGIN)

    def y(value):
        return HEIGHT - MARGIN - value * (HEIGHT - 2 * MARGIN)

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
             'font-family="sans-serif" font-size="12">',
             f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>']
    for tenth in range(0, 11, 2):
        at = y(tenth / 10)
        parts.append(f'<path d="M{MARGIN} {at:.1f}H{WIDTH - MARGIN}" stroke="#ddd"/>'
                     f'<text x="{MARGIN - 8}" y="{at + 4:.1f}" text-anchor="end">{tenth / 10:.1f}</text>')
    for seconds in (10, 20, 50, 100, 200, 500, 1000, 2000, 5000):
        if low <= math.log10(seconds) <= high:
            parts.append(f'<text x="{x(seconds):.1f}" y="{HEIGHT - MARGIN + 18}" '
                         f'text-anchor="middle">{seconds}</text>')
    parts.append(f'<text x="{WIDTH / 2}" y="{HEIGHT - 14}" text-anchor="middle">'
                 'CPU seconds of training</text>')
    kinds = {}
    for row in sorted(rows, key=lambda row: row[1]):
        kinds.setdefault(row[0].split(",")[0], []).append(row)
    for name, points in kinds.items():
        colour = COLOURS.get(name, COLOURS["others"])
        for column, title, dashes in ((2, "AP50", ""), (3, "AP", ' stroke-dasharray="5 4"')):
            line = " ".join(f"{x(row[1]):.1f},{y(row[column]):.1f}" for row in points)
            parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" '
                         f'stroke-width="2"{dashes}/>')
            parts += [f'<circle cx="{x(row[1]):.1f}" cy="{y(row[column]):.1f}" r="3" '
                      f'fill="{colour}"/>' for row in points]
            last = points[-1]
            parts.append(f'<text x="{x(last[1]):.1f}" y="{y(last[column]) - 8:.1f}" '
                         f'text-anchor="end" fill="{colour}">{name} {title}</text>')
    return "\n".join(parts + ["</svg>", ""])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("config")
    parser.add_argument("--train", required=True, help="SPEC of the training images")
    parser.add_argument("--test", required=True, help="SPEC of the test images")
    parser.add_argument("--steps", type=int, nargs="+", default=[50, 100, 200, 400])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--others", help="CSV of other detectors: name, CPU seconds, AP50, AP")
    parser.add_argument("--errata", default="./errata")
    parser.add_argument("--out", required=True, help="the figure, SVG")
    arguments = parser.parse_args()
    print("| detector | CPU seconds | AP50 | AP |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        rows = []
        for steps in arguments.steps:
            rows.append(trained(arguments, steps, arguments.seed, folder))
            print("| {} | {:.0f} | {:.3f} | {:.3f} |".format(*rows[-1]), flush=True)
    for row in others(arguments.others) if arguments.others else []:
        rows.append(row)
        print("| {} | {:.0f} | {:.3f} | {:.3f} |".format(*row))
    Path(arguments.out).write_text(figure(rows))


if __name__ == "__main__":
    main()
