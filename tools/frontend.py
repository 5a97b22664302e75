"""Copy the few browser files that the pages load from node_modules/ to static/vendor/ (git-ignored). Safe to run twice."""

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FROM = ROOT / "node_modules"
TO = ROOT / "static" / "vendor"

FILES = {
    "tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "vega.min.js": "vega/build/vega.min.js",
    "vega-lite.min.js": "vega-lite/build/vega-lite.min.js",
    "vega-embed.min.js": "vega-embed/build/vega-embed.min.js",
}


def without_map(text):
    """The file without its last pointer to a source map: we do not serve maps, and the static storage would miss them."""
    lines = text.rstrip().splitlines()
    return "\n".join(line for line in lines if "sourceMappingURL=" not in line[:60]) + "\n"


def copy(name, source):
    """Copy one file where it is new or has changed; whether it was written."""
    text = without_map((FROM / source).read_text(encoding="utf-8"))
    target = TO / name
    if target.exists() and target.read_text(encoding="utf-8") == text:
        return False
    target.write_text(text, encoding="utf-8")
    return True


def main():
    missing = [source for source in FILES.values() if not (FROM / source).exists()]
    if missing:
        sys.exit(f"Not in node_modules/: {', '.join(missing)}. Run `npm ci` first.")
    TO.mkdir(parents=True, exist_ok=True)
    written = [name for name, source in FILES.items() if copy(name, source)]
    for stale in set(TO.iterdir()) - {TO / name for name in FILES}:
        shutil.rmtree(stale) if stale.is_dir() else stale.unlink()
    print(f"static/vendor: {len(FILES)} files, {len(written)} written")


if __name__ == "__main__":
    main()
