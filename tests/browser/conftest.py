import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request, sync_playwright
from tests.fixtures import run_folder

from tandem.site import publish

ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


@dataclass
class Visit:
    """A tab, and everything that went wrong or out of the site while it was used."""

    page: Page
    complaints: list[str] = field(default_factory=list)


Visiting = Callable[..., AbstractContextManager[Visit]]


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium for all tests of this folder."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def visiting(browser: Browser) -> Visiting:
    """Opens a tab of a given width and colour scheme that notes every complaint.

    Complaints: console errors, page errors, dialogs, failed requests, and requests that leave the
    site that was opened first.
    """

    @contextmanager
    def visit(width: int = 1366, scheme: str = "light", *, scripts: bool = True) -> Iterator[Visit]:
        context = browser.new_context(
            viewport={"width": width, "height": 768},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=scripts,
        )
        tab = context.new_page()
        seen = Visit(tab)
        home: list[str] = []

        def request(url: str) -> None:
            origin = url.split("/")[2] if "://" in url else url
            home.append(origin)
            if origin != home[0]:
                seen.complaints.append(f"another host: {url}")

        def failed(sent: Request) -> None:
            # a tab that goes on to the next page gives up what it had asked for
            if sent.failure != "net::ERR_ABORTED":
                seen.complaints.append(f"failed: {sent.url}")

        tab.on("request", lambda r: None if r.url.startswith("data:") else request(r.url))
        tab.on("console", lambda m: seen.complaints.append(m.text) if m.type == "error" else None)
        tab.on("pageerror", lambda error: seen.complaints.append(f"error: {error}"))
        tab.on("requestfailed", failed)
        tab.on("response", lambda r: seen.complaints.append(r.url) if r.status >= 400 else None)

        def dialog(box: Dialog) -> None:
            seen.complaints.append("a dialog opened")
            box.dismiss()

        tab.on("dialog", dialog)
        try:
            yield seen
        finally:
            context.close()

    return visit


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fixture's site, published by tandem itself."""
    study = run_folder.project(tmp_path_factory.mktemp("browser") / "study")
    return publish(study, run_folder.build(study), "embedded").folder


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """The same site over http on this machine."""
    with serving(site) as address:
        yield address


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve `folder` on a free port of 127.0.0.1; the address ends with a slash."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
