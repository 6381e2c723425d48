"""python test/backend/table.py: writes docs/operators.md, the support table.

From the importer's OpTable.inc, the cases that pass (passing.txt) and the
operators that are out of scope (families.py).
"""
from __future__ import annotations

import collections
import pathlib
import re
import sys

import onnx

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import ratchet  # noqa: E402
from cases import load_cases  # noqa: E402
from families import OUT_OF_SCOPE, is_in_scope  # noqa: E402
from modes import MODES  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
OP_TABLE = ROOT / "frontends" / "onnx" / "OpTable.inc"
PATH = ROOT / "docs" / "operators.md"

_HEAD = """\
# Operators

Written by `python test/backend/table.py`; a test checks that it is current.

*Opsets* are the versions of the default domain that are read: up to the newest version of the operator that is
known, and to all later opsets that leave it as it is. An operator is *composite* where it is read as a sum of
others, *structured* where kernels are compiled for it, *irregular* where the runtime does it. The last three
columns count the node cases of ONNX {version} that pass, as they are (*static*), with sizes of inputs that are
known only at run time (*dynamic*), and with constants for inputs (*constant*). `-` says that there are none: such
operators are held against ONNX Runtime or ONNX's reference only, as all others are, too (`test/ops`).
"""

_TYPES = """\

Elements are float, double, float16, bfloat16, bool, and integers of 8 to 64 bits, signed and unsigned, wherever
the operator has them. Casts saturate and NaN becomes 0 on the way to integers; integers wrap; a division by zero
gives 0; a shift by more bits than there are leaves the sign.
"""


def read_rows() -> list[tuple[str, str, str, str]]:
    """Name, first opset, newest version, class."""
    return re.findall(r'^ATROUS_ONNX_OP\((\w+),\s*"",\s*(\d+),\s*(\d+),\s*(\w+),',
                      OP_TABLE.read_text(), re.MULTILINE)


def count_cases(cases, passing):
    """operator: mode: [passing, all]"""
    counts = collections.defaultdict(lambda: {mode: [0, 0] for mode in MODES})
    for case in cases:
        if case.op is None or not is_in_scope(case.family):
            continue
        for mode in MODES:
            entry = counts[case.op][mode]
            entry[0] += mode in passing.get(case.name, ())
            entry[1] += 1
    return counts


def wrap(words, width=110) -> str:
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) + 1 > width:
            lines.append(line)
            line = ""
        line += (" " if line else "") + word
    return "\n".join([*lines, line])


def make_table() -> str:
    cases, passing, rows = load_cases(), ratchet.read(), read_rows()
    counts = count_cases(cases, passing)
    lines = [_HEAD.format(version=onnx.__version__), _TYPES,
             "\n| operator | opsets | class | " + " | ".join(MODES) + " |",
             "|---|---|---|" + "--:|" * len(MODES)]
    for name, since, last, kind in rows:
        scores = [f"{p} of {n}" if n else "-"
                  for p, n in counts[name].values()]
        lines.append(f"| {name} | {since}-{last} | {kind} | "
                     + " | ".join(scores) + " |")

    lines += ["", "## Out of scope", "",
              "By choice; the error names the operator, the node and the opset.",
              "", "| what | operators | why |", "|---|---|---|"]
    outside = set()
    for family, (ops, reason) in OUT_OF_SCOPE.items():
        outside |= set(ops.split())
        lines.append(f"| {family} | {', '.join(ops.split()) or '-'} | {reason} |")

    known = {row[0] for row in rows} | outside
    missing = sorted({
        schema.name for schema in onnx.defs.get_all_schemas()
        if schema.domain == "" and not schema.deprecated
    } - known)
    if missing:
        lines += ["", "## Not there yet", "", wrap([f"{m}," for m in missing[:-1]]
                                                   + [missing[-1] + "."])]
    return "\n".join(lines).replace("\n\n\n", "\n\n") + "\n"


def main() -> None:
    PATH.write_text(make_table(), encoding="utf-8")


if __name__ == "__main__":
    main()
