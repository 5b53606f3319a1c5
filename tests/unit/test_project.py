"""The project's own files: the locks follow pyproject.toml, and nothing names a host or a machine."""

import re
import subprocess
import tomllib

import pytest

from ..conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
BUILD, DEV, ENGINES = PROJECT["project"]["dependencies"], *map(PROJECT["dependency-groups"].get, ("dev", "engines"))
LOCKS = {
    "requirements.txt": BUILD,
    "requirements-dev.txt": BUILD + DEV,
    "requirements-engines.txt": BUILD + DEV + ENGINES,
}


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_holds_every_dependency_with_hashes_and_names_no_host(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    locked = set(re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE))
    wanted = {re.split(r"[<>=]", entry)[0].lower() for entry in LOCKS[name]}
    assert wanted <= locked, f"run make lock: {wanted - locked}"
    blocks = re.split(r"^(?=[a-z0-9-]+==)", text, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"https?://|--index|--find-links|file:", text)


def test_a_dependency_that_is_gone_is_not_locked() -> None:
    assert "lxml-stubs" not in (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")


def test_no_path_of_a_machine_is_committed() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    for name in listed.stdout.split():
        path = ROOT / name
        if path.suffix in (".md", ".py", ".yml", ".toml", ".txt", ".json", ".css", ".html") and path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            assert not re.search(r"(?<![\w./-])/(?:home|root|Users)/\w", text), name
