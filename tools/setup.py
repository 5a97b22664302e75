"""Makes this folder ready: `setup.py demo` to run the office, `setup.py test` to test it too.

Runs with the machine's own Python, standard library only. Safe to run again: what is there and unchanged is left alone.
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOG = VENV / "setup.log"


def has_library(name):
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_program(*names):
    return any(shutil.which(name) for name in names)


def has_chinese_font():
    shelves = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts", Path.home() / ".local/share/fonts")
    return any(next(shelf.rglob("Noto*CJK*"), None) for shelf in shelves if shelf.is_dir())


def has_venv():
    """Debian keeps Python's venv in a package of its own."""
    return PYTHON.exists() or find_spec("ensurepip") is not None


# Debian's package, is it here, and what it is for.
FIRST = ((f"python{sys.version_info.major}.{sys.version_info.minor}-venv", has_venv, "虚拟环境 · virtual environment"),)
SYSTEM = (
    ("libpango-1.0-0", lambda: has_library("libpango-1.0.so.0"), "PDF 排版 · lays out PDF pages"),
    ("libpangoft2-1.0-0", lambda: has_library("libpangoft2-1.0.so.0"), "PDF 排版 · lays out PDF pages"),
    ("fonts-noto-cjk", has_chinese_font, "中文字体 · Chinese type on PDF pages"),
)
SPEED = (("libharfbuzz-subset0", lambda: has_library("libharfbuzz-subset.so.0"), "PDF 更快更小 · faster, smaller PDF files"),)
FOR_TESTS = (
    ("chromium", lambda: has_program("chromium", "chromium-browser", "google-chrome"), "浏览器测试 · browser tests"),
    ("hledger", lambda: has_program("hledger"), "核对账簿 · checks our book"),
    ("ledger", lambda: has_program("ledger"), "核对账簿 · checks our book"),
    ("poppler-utils", lambda: has_program("pdftoppm"), "查看 PDF · PDF pages as pictures"),
)


class Stop(Exception):
    """The set-up cannot go on; the message says what the user can do."""


def say(text):
    print(text, flush=True)


def run(command, *, counting="", total=0, env=None):
    """Run a command, its words into the log; what begins with `counting` is counted aloud."""
    done, told = 0, time.monotonic()
    last: list[str] = []
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"$ {' '.join(map(str, command))}\n")
        pipe, nobody, environment = subprocess.PIPE, subprocess.DEVNULL, {**os.environ, **(env or {})}
        with subprocess.Popen([str(c) for c in command], cwd=ROOT, env=environment, stdin=nobody, stdout=pipe, stderr=subprocess.STDOUT) as process:
            for words in process.stdout or ():
                line = words.decode(errors="replace")
                log.write(line)
                last = [*last[-14:], line.rstrip()]
                done += bool(counting) and line.lstrip().startswith(counting)
                if counting and time.monotonic() - told > 5:
                    say(f"    {done}{f' / {total}' if total else ''} …")
                    told = time.monotonic()
    if process.returncode:
        raise Stop("\n".join([f"失败 · failed: {' '.join(map(str, command))}", *last, f"全部输出 · all output: {LOG}"]))


def once(name, inputs, work, *, also=True):
    """Do this work unless it was done with the very same input files (and what it made, `also`, is still there)."""
    stamp = VENV / "stamps" / name
    mark = hashlib.sha256(b"".join(path.read_bytes() for path in inputs)).hexdigest()
    if also and stamp.exists() and stamp.read_text() == mark:
        return
    work()
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(mark)


def virtual_environment():
    """.venv with pip; made anew where it is broken."""
    works = PYTHON.exists() and subprocess.run([PYTHON, "-c", "import pip"], capture_output=True).returncode == 0
    if works:
        return
    say("==> 虚拟环境 · virtual environment (.venv)")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True)
    if made.returncode:
        raise Stop(f"{made.stdout}{made.stderr}")


def python_packages(lock):
    """What the lock names, every file checked against its checksum."""
    total = sum("==" in line for line in lock.read_text().splitlines())

    def install_them():
        say(f"==> Python 软件包 · Python packages ({lock.name}, {total})")
        pip = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
        run([*pip, "--require-hashes", "-r", lock], counting="Collecting", total=total)

    once(lock.stem, [lock], install_them)


def npm():
    """The machine's npm, else the one that a Python package carries."""
    if found := shutil.which("npm"):
        return found
    python_packages(ROOT / "requirements-node.txt")
    return VENV / "bin" / "npm"


def browser_packages():
    """Front-end packages as the npm lock names them, and the few files of theirs that pages load."""

    def install_them():
        say("==> 网页组件 · front-end packages (npm)")
        run([npm(), "ci", "--ignore-scripts"], env={"PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}"})

    def copy_them():
        run([PYTHON, "tools/frontend.py"])

    modules = ROOT / "node_modules"
    locks = [ROOT / "package-lock.json", ROOT / "package.json"]
    vendor = ROOT / "static" / "vendor"
    if not vendor.is_symlink():
        once("npm", locks, install_them, also=modules.exists())
        once("vendor", [*locks, ROOT / "tools" / "frontend.py"], copy_them, also=vendor.exists())


def catalogues():
    """Translations, compiled."""
    tool = ROOT / "tools" / "messages.py"
    sources = sorted(ROOT.glob("*/locale/*/LC_MESSAGES/*.po"))
    if tool.exists() and sources:
        complete = all(source.with_suffix(".mo").exists() for source in sources)
        once("messages", sources, lambda: run([PYTHON, tool, "compile"]), also=complete)


def system_packages(*, tests):
    """Debian packages that are missing: installed where we may, else the command is told."""
    needed = [(name, why) for name, here, why in (*FIRST, *SYSTEM, *(FOR_TESTS if tests else ())) if not here()]
    faster = [(name, why) for name, here, why in SPEED if not here()]
    if not needed and not faster:
        return
    names = [name for name, _ in (*needed, *faster)]
    reasons = "\n".join(f"    {name}: {why}" for name, why in (*needed, *faster))
    try:
        install(names, reasons)
    except Stop as told:
        if needed:
            raise
        say(f"{told}\n    没有也能运行 · the office runs without it")


def install(names, reasons):
    """apt-get install, as root or with a sudo that asks nothing; else say the command."""
    say(f"==> 系统软件包 · system packages\n{reasons}")
    before = [] if os.geteuid() == 0 else ["sudo", "-n"]
    wanted = ["install", "-y", "--no-install-recommends", *names]
    allowed = not before or (has_program("sudo") and subprocess.run([*before, "true"], capture_output=True).returncode == 0)
    if not has_program("apt-get") or not allowed:
        raise Stop(f"请先运行 · please run this first:\n\n    sudo apt-get update && sudo apt-get {' '.join(wanted)}\n")
    apt = [*before, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    VENV.mkdir(exist_ok=True)  # the log lies there
    run([*apt, "update"])
    run([*apt, *wanted], counting="Setting up")


def main():
    kind = sys.argv[1] if len(sys.argv) > 1 else "demo"
    if sys.version_info < (3, 11):  # noqa: UP036 - the machine's own Python may be any
        raise Stop(f"需要 Python 3.11 以上 · Python 3.11 or later is needed; this is {sys.version.split()[0]}.")
    system_packages(tests=kind == "test")
    virtual_environment()
    python_packages(ROOT / ("requirements-test.txt" if kind == "test" else "requirements.txt"))
    browser_packages()
    catalogues()


if __name__ == "__main__":
    try:
        main()
    except Stop as told:
        sys.exit(f"\n{told}")
    except KeyboardInterrupt:
        sys.exit(130)
