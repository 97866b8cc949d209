"""One file drawn in a process of its own: `python -m kg.anyrdf < request`, as kg.anyrdf.apart asks.

The request is JSON: `path`, `most`, `memory` (in bytes). Each line of the answer is a JSON object:
a `step` that is begun; in the end a `page` with its `sentences`, or an `error`.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from kg.anyrdf.drawing import draw
from kg.confined import confined
from kg.errors import InputError


def tell(**words: object) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def main() -> None:
    request = json.load(sys.stdin)
    with confined(request["memory"]):
        try:
            page = draw(Path(request["path"]), request["most"], lambda step: tell(step=step))
        except InputError as error:
            place = asdict(error.place) if error.place else None
            tell(error={"what": error.what, "fix": error.fix, "place": place})
        else:
            tell(page=page.html, sentences=page.sentences)


if __name__ == "__main__":
    main()
