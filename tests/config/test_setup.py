"""The set-up: what is missing is installed where it may, else the command is told; what is there and unchanged is left alone."""

import pytest

from tools import setup

HERE = ("libpango-1.0-0", lambda: True, "here")
MISSING = ("libpango-1.0-0", lambda: False, "lays out PDF pages")
SLOW = ("libharfbuzz-subset0", lambda: False, "faster PDF files")


@pytest.fixture
def nobody_special(monkeypatch, tmp_path):
    """An ordinary user on a machine with neither sudo nor apt-get."""
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.fixture
def machine(monkeypatch):
    def has(*, system=(), speed=()):
        monkeypatch.setattr(setup, "SYSTEM", system)
        monkeypatch.setattr(setup, "SPEED", speed)

    return has


def test_without_the_right_to_install_it_says_the_one_command(nobody_special, machine):
    machine(system=[MISSING], speed=[SLOW])
    with pytest.raises(setup.Stop, match=r"apt-get install -y --no-install-recommends libpango-1\.0-0 libharfbuzz-subset0"):
        setup.system_packages(tests=False)


def test_where_only_speed_is_lost_it_goes_on(nobody_special, machine, capsys):
    machine(system=[HERE], speed=[SLOW])
    setup.system_packages(tests=False)
    said = capsys.readouterr().out
    assert "libharfbuzz-subset0" in said
    assert "the office runs without it" in said


def test_nothing_missing_is_nothing_said(nobody_special, machine, capsys):
    machine(system=[HERE])
    setup.system_packages(tests=False)
    assert capsys.readouterr().out == ""


@pytest.fixture
def lock(monkeypatch, tmp_path):
    monkeypatch.setattr(setup, "VENV", tmp_path)
    lock = tmp_path / "requirements.txt"
    lock.write_text("django==5.2\n")
    return lock


def test_work_is_done_once_for_the_same_files(lock):
    done = []
    for _ in range(3):
        setup.once("lock", [lock], lambda: done.append(lock.read_text()))
    lock.write_text("django==5.3\n")
    setup.once("lock", [lock], lambda: done.append(lock.read_text()))
    assert done == ["django==5.2\n", "django==5.3\n"]


def test_work_that_failed_is_done_again(lock):
    def fails():
        raise setup.Stop("no network")

    done = []
    with pytest.raises(setup.Stop):
        setup.once("lock", [lock], fails)
    setup.once("lock", [lock], lambda: done.append(True))
    assert done == [True]


def test_work_whose_result_is_gone_is_done_again(lock):
    done = []
    setup.once("npm", [lock], lambda: done.append(True))
    setup.once("npm", [lock], lambda: done.append(True), also=False)
    assert done == [True, True]


def test_a_command_that_fails_is_shown_with_its_last_words(monkeypatch, tmp_path):
    monkeypatch.setattr(setup, "LOG", tmp_path / "setup.log")
    with pytest.raises(setup.Stop, match="no such package"):
        setup.run(["sh", "-c", "echo no such package; exit 3"])
    assert "no such package" in (tmp_path / "setup.log").read_text()


def test_no_lock_file_names_a_registry():
    for lock in [*setup.ROOT.glob("requirements*.txt"), setup.ROOT / "package-lock.json", setup.ROOT / ".npmrc"]:
        text = lock.read_text()
        assert "--index-url" not in text
        assert '"resolved"' not in text
        assert "files.pythonhosted" not in text


def test_every_pinned_package_has_its_checksums():
    for lock in setup.ROOT.glob("requirements*.txt"):
        entries = lock.read_text().replace("\\\n", " ").strip().splitlines()
        assert entries
        assert [entry[:60] for entry in entries if "--hash=sha256:" not in entry] == []
