import errno
import os

import pytest

from config import install


def test_python_too_old_is_said_with_its_version(monkeypatch):
    monkeypatch.setattr(install.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(install.platform, "python_version", lambda: "3.9.2")
    with pytest.raises(install.Trouble, match=r"Python 3\.9\.2 is too old: install Python 3\.11 or later"):
        install.check_python()


def test_a_folder_that_nobody_can_write_to_is_said(monkeypatch):
    monkeypatch.setattr(install, "VAR", "/proc")
    with pytest.raises(install.Trouble, match=r"The folder /proc cannot be written to \("):
        install.check_folder()


def test_a_full_disk_is_said(monkeypatch, tmp_path):
    def full(*_arguments, **_options):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(install, "ROOT", str(tmp_path))
    monkeypatch.setattr(install, "open", full, raising=False)
    with pytest.raises(install.Trouble, match=f"The disk is full: nothing can be written to {tmp_path}"):
        install.check_folder()


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "The disk is full"),
        ("npm error code ENOSPC", "The disk is full"),
        ("error: [Errno 30] Read-only file system: '/srv/jiedui/.venv'", "cannot be written to"),
        ("error: command 'gcc' failed: No such file or directory", "no C compiler is there: install one"),
        (
            "Temporary failure in name resolution')': /simple/django/\nERROR: No matching distribution",
            "registry cannot be",
        ),
        ("npm error code SELF_SIGNED_CERT_IN_CHAIN", "does not trust the certificate"),
        ("npm error code EAI_AGAIN\nnpm error errno EAI_AGAIN", "registry cannot be reached"),
        ("ERROR: No matching distribution found for Django==99", "Packages failed: ERROR: No matching distribution"),
        ("", "Packages failed: no reason given"),
    ],
)
def test_the_output_of_a_failed_step_becomes_one_sentence(output, sentence):
    explained = install.explain("Packages", output)
    assert sentence in explained
    assert "\n" not in explained


def test_a_failed_step_leaves_its_output_in_the_log(monkeypatch, tmp_path):
    monkeypatch.setattr(install, "LOG", str(tmp_path / "install.log"))
    with pytest.raises(install.Trouble, match="The step failed: error: no luck"):
        install.run(["sh", "-c", "echo before; echo 'error: no luck'; exit 3"], "The step")
    assert "before\nerror: no luck" in (tmp_path / "install.log").read_text()


def test_packages_are_installed_once_and_again_when_their_list_changes(monkeypatch, tmp_path):
    ran = []
    monkeypatch.setattr(install, "run", lambda command, what, environment=None: ran.append(command[-1]))
    monkeypatch.setattr(install, "say", lambda text: None)
    monkeypatch.setattr(install, "ROOT", str(tmp_path))
    monkeypatch.setattr(install, "VENV", str(tmp_path))
    (tmp_path / "requirements.txt").write_text("Django==5.2")
    (tmp_path / "requirements-dev.txt").write_text("pytest==9")
    for tests in (False, False, True, False, True):
        install.install_packages(tests)
    (tmp_path / "requirements.txt").write_text("Django==5.2.1")
    install.install_packages(False)
    assert [os.path.basename(path) for path in ran] == ["requirements.txt", "requirements-dev.txt", "requirements.txt"]
