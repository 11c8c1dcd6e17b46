import re

from config.services import BASE_DIR

READ = re.compile(r"""(?:environment\.(?:text|flag|number)|environ\.get)\(\s*"([A-Z_]+)\"""")
SET_BY_TOOLS = {"PATH"}


def _variables_read() -> set[str]:
    sources = [path.read_text(encoding="utf-8") for path in (BASE_DIR / "config").glob("*.py")]
    return {name for source in sources for name in READ.findall(source)} - SET_BY_TOOLS


def _variables_explained() -> list[str]:
    lines = (BASE_DIR / ".env.example").read_text(encoding="utf-8").splitlines()
    return [line.partition("=")[0] for line in lines if line and not line.startswith("#")]


def test_every_variable_that_is_read_stands_in_the_example_and_no_other():
    assert sorted(_variables_explained()) == sorted(_variables_read())


def test_every_line_of_requirements_gives_its_reason_and_its_exact_version():
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (BASE_DIR / name).read_text(encoding="utf-8").splitlines()
        packages = [line for line in lines if line and not line.startswith(("#", "-r"))]
        assert packages
        assert [line for line in packages if "==" not in line or " # " not in line] == []
