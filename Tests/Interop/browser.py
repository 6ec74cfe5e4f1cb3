"""Drives a real Chromium, headless, one command a line: a person with a browser, for tests.

Speaks the DevTools protocol over a pipe, so there is no port and nothing else to install. The browser reaches this machine only; page
scripts are off, as our pages must work without them (the commands' own expressions still run). Commands are JSON objects:

    {"do": "open", "url": …}                  goes to the address
    {"do": "fill", "name": …, "text": …}      types into the field of that name
    {"do": "type", "text": …}                 types into whatever has the keyboard
    {"do": "press", "text": …}                clicks the button or link with that text (or accessible name)
    {"do": "keys", "keys": ["Tab", "Enter"]}  presses keys
    {"do": "until", "url": …, "text": …}      waits until the address begins so and the page says so
    {"do": "width", "pixels": 320}            makes the window that wide
    {"do": "back"}

Each is answered by one line that says where the browser is now: url, title, text, lang, focused, overflows (whether the page scrolls
sideways), frames, and blocked: what the browser refused since the last answer (security policy, mixed content). A command that cannot be
obeyed answers {"problem": …}. Ends, and takes its profile folder away, when its standard input is closed.
"""

import fcntl
import json
import os
import select
import shutil
import signal
import sys
import tempfile
import time

PATIENCE = 30  # seconds until something that was waited for counts as never happening


class Problem(Exception):
    pass


class Chromium:
    def __init__(self, program: str):
        self.profile = tempfile.mkdtemp(prefix="usher-browser-")
        to_browser, self.commands = os.pipe()
        self.answers, from_browser = os.pipe()
        # The browser expects its ends at descriptors 3 and 4; copies above them cannot be overwritten while one is placed.
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in (to_browser, from_browser)]
        os.close(to_browser), os.close(from_browser)
        options = [
            "--headless=new",
            "--remote-debugging-pipe",
            f"--user-data-dir={self.profile}",
            "--no-first-run",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-proxy-server",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
            "--window-size=1280,900",
        ]
        if os.geteuid() == 0:
            options.append("--no-sandbox")
        quiet = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)]
        placed = [(os.POSIX_SPAWN_DUP2, ends[0], 3), (os.POSIX_SPAWN_DUP2, ends[1], 4)]
        self.process = os.posix_spawnp(program, [program, *options, "about:blank"], os.environ, file_actions=quiet + placed)
        for end in ends:
            os.close(end)
        self.buffer = b""
        self.number = 0
        self.session = None
        self.blocked = []

    def close(self):
        try:
            self.call("Browser.close", root=True)
        except (Problem, OSError):
            pass
        end = time.monotonic() + PATIENCE
        while os.waitpid(self.process, os.WNOHANG) == (0, 0):
            if time.monotonic() > end:
                os.kill(self.process, signal.SIGKILL)
            time.sleep(0.02)
        shutil.rmtree(self.profile, ignore_errors=True)

    def attach(self):
        target = self.call("Target.createTarget", {"url": "about:blank"}, root=True)["targetId"]
        self.session = self.call("Target.attachToTarget", {"targetId": target, "flatten": True}, root=True)["sessionId"]
        for domain in ["Page", "Runtime", "Log"]:
            self.call(f"{domain}.enable")
        self.call("Emulation.setScriptExecutionDisabled", {"value": True})

    def call(self, method: str, parameters: dict = {}, root: bool = False) -> dict:
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session and not root:
            message["sessionId"] = self.session
        os.write(self.commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read()
            if answer.get("id") != self.number:
                self.notice(answer)
            elif "error" in answer:
                raise Problem(f"{method}: {answer['error']['message']}")
            else:
                return answer["result"]

    def read(self) -> dict:
        while b"\0" not in self.buffer:
            if not select.select([self.answers], [], [], PATIENCE)[0]:
                raise Problem("the browser does not answer")
            data = os.read(self.answers, 65536)
            if not data:
                raise Problem("the browser has ended")
            self.buffer += data
        message, _, self.buffer = self.buffer.partition(b"\0")
        return json.loads(message)

    def notice(self, event: dict):
        entry = event.get("params", {}).get("entry", {})
        if event.get("method") == "Log.entryAdded" and entry.get("source") in ("security", "violation"):
            self.blocked.append(entry["text"])

    def evaluate(self, expression: str):
        """The expression's value; asked again when the page changes under the question."""
        return self.eventually(lambda: self.evaluate_once(expression))

    def evaluate_once(self, expression: str):
        answer = self.call("Runtime.evaluate", {"expression": expression, "returnByValue": True})
        if "exceptionDetails" in answer:
            raise Problem(answer["exceptionDetails"].get("exception", {}).get("description", "the page has no answer"))
        return answer["result"].get("value")

    def eventually(self, attempt):
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return attempt()
            except Problem as problem:
                if time.monotonic() > end or "has ended" in str(problem):
                    raise
                time.sleep(0.05)


class Person:
    """What a person does with a browser."""

    def __init__(self, browser: Chromium):
        self.browser = browser
        self.pages = 0

    def open(self, url: str):
        answer = self.browser.call("Page.navigate", {"url": url})
        if answer.get("errorText") and answer["errorText"] != "net::ERR_HTTP_RESPONSE_CODE_FAILURE":
            raise Problem(answer["errorText"])
        self.arrive()

    def back(self):
        history = self.browser.call("Page.getNavigationHistory")
        entry = history["entries"][history["currentIndex"] - 1]["id"]
        self.leave(lambda: self.browser.call("Page.navigateToHistoryEntry", {"entryId": entry}))

    def fill(self, name: str, text: str):
        field = f"document.querySelector('[name=' + JSON.stringify({json.dumps(name)}) + ']:not([type=hidden])')"
        if not self.browser.evaluate(f"(() => {{ const f = {field}; if (!f) return false; f.focus(); f.select?.(); return true }})()"):
            raise Problem(f"no field {name}")
        self.type(text)

    def type(self, text: str):
        self.browser.call("Input.insertText", {"text": text})

    def press(self, text: str):
        place = self.browser.evaluate(
            """(wanted => {
              const said = e => (e.getAttribute('aria-label') || e.value || e.textContent || '').trim().replace(/\\s+/g, ' ')
              const labels = e => [...(e.labels || [])].map(said)
              const all = [...document.querySelectorAll('button, a[href], input[type=submit], input[type=radio], input[type=checkbox]')]
              const found = all.find(e => said(e) === wanted || labels(e).includes(wanted))
              if (!found) return null
              found.scrollIntoView({block: 'center'})
              const box = (labels(found).includes(wanted) ? found.labels[0] : found).getBoundingClientRect()
              return {x: box.x + box.width / 2, y: box.y + box.height / 2, leaves: !['radio', 'checkbox'].includes(found.type)}
            })(%s)"""
            % json.dumps(text)
        )
        if place is None:
            raise Problem(f"nothing to press says {text!r}")

        def click():
            for kind in ["mousePressed", "mouseReleased"]:
                point = {"type": kind, "x": place["x"], "y": place["y"], "button": "left", "clickCount": 1}
                self.browser.call("Input.dispatchMouseEvent", point)

        self.leave(click) if place["leaves"] else click()

    def keys(self, keys: list):
        codes = {"Tab": 9, "Enter": 13, "Space": 32}
        texts = {"Enter": "\r", "Space": " "}
        for key in keys:
            event = {"key": " " if key == "Space" else key, "code": key, "windowsVirtualKeyCode": codes[key]}

            def strike():
                down = {"type": "keyDown", **event, **({"text": texts[key]} if key in texts else {})}
                self.browser.call("Input.dispatchKeyEvent", down)
                self.browser.call("Input.dispatchKeyEvent", {"type": "keyUp", **event})

            self.leave(strike) if key == "Enter" else strike()

    def until(self, url: str = "", text: str = ""):
        def there():
            state = self.state()
            if not state["url"].startswith(url) or text not in state["text"]:
                raise Problem(f"still at {state['url']}: {state['title']}")

        self.browser.eventually(there)

    def width(self, pixels: int):
        metrics = {"width": pixels, "height": 900, "deviceScaleFactor": 1, "mobile": pixels < 600}
        self.browser.call("Emulation.setDeviceMetricsOverride", metrics)

    def leave(self, action):
        """Does what leads to another page, and waits until this one is gone."""
        self.pages += 1
        mark = self.pages  # a page that the browser kept and shows again carries an older one
        self.browser.evaluate(f"window.usherTestWasHere = {mark}")
        action()

        def gone():
            if self.browser.evaluate_once(f"window.usherTestWasHere === {mark}"):
                raise Problem("the page stays")

        self.browser.eventually(gone)
        self.arrive()

    def arrive(self):
        def loaded():
            if self.browser.evaluate_once("document.readyState") != "complete":
                raise Problem("the page does not load")

        self.browser.eventually(loaded)

    def state(self) -> dict:
        page = self.browser.evaluate(
            """({
              url: location.href, title: document.title, lang: document.documentElement.lang,
              text: (document.body?.innerText || '').slice(0, 20000),
              focused: (e => !e || e === document.body ? '' : e.getAttribute('name') || e.textContent.trim().slice(0, 100))(document.activeElement),
              overflows: document.documentElement.scrollWidth > document.documentElement.clientWidth
            })"""
        )
        tree = self.browser.call("Page.getFrameTree")["frameTree"]
        return {**page, "frames": [child["frame"]["url"] for child in tree.get("childFrames", [])]}


def main():
    browser = Chromium(sys.argv[1] if len(sys.argv) > 1 else "chromium")
    try:
        browser.attach()
        person = Person(browser)
        for line in sys.stdin:
            command = json.loads(line)
            try:
                getattr(person, command.pop("do"))(**command)
                answer = {**person.state(), "blocked": browser.blocked}
                browser.blocked = []
            except Problem as problem:
                answer = {"problem": str(problem)}
            print(json.dumps(answer), flush=True)
    finally:
        browser.close()


if __name__ == "__main__":
    main()
