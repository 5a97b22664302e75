"""Folders of the embedded servers."""

import os
import pwd
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from config import folders

ME = pwd.getpwuid(os.geteuid())


def test_a_socket_lies_in_the_data_folder_where_it_fits():
    assert folders.socket_folder(Path("/srv/yidai/.data")) == Path("/srv/yidai/.data/run")


@pytest.mark.parametrize("odd", ["/srv/" + "x" * 90, "/srv/一贷", "/srv/my office", "/srv/a,b"])
def test_where_it_does_not_it_lies_in_a_short_folder_of_its_own(odd):
    short = folders.socket_folder(Path(odd))
    assert short.parent == Path("/tmp")
    assert len(str(short / ".s.PGSQL.5432")) < 107
    assert short == folders.socket_folder(Path(odd)) != folders.socket_folder(Path(odd + "2"))


def test_a_private_folder_is_nobody_elses(tmp_path):
    folders.make_private(tmp_path / "run", ME)
    assert (tmp_path / "run").stat().st_mode & 0o077 == 0


def test_a_folder_that_others_may_write_to_is_refused(tmp_path):
    (tmp_path / "run").mkdir()
    (tmp_path / "run").chmod(0o777)
    with pytest.raises(folders.NotOurs):
        folders.make_private(tmp_path / "run", ME)


def test_a_link_laid_in_the_way_is_refused(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "run").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(folders.NotOurs):
        folders.make_private(tmp_path / "run", ME)


def test_of_many_who_make_a_secret_at_once_one_wins(tmp_path):
    with ThreadPoolExecutor(8) as everybody:
        made = set(everybody.map(lambda _: folders.kept_secret(tmp_path, "key"), range(32)))
    assert len(made) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["key"]
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0


def test_an_env_file_fills_in_what_the_environment_lacks(tmp_path, monkeypatch):
    (tmp_path / ".env").write_text("# a comment\nKNOWN=file\nNEW='in quotes'\nEMPTY=\n\nno sense\n", encoding="utf-8")
    monkeypatch.setattr(os, "environ", {"KNOWN": "environment"})
    folders.read_env_file(tmp_path / ".env")
    assert os.environ == {"KNOWN": "environment", "NEW": "in quotes", "EMPTY": ""}
