"""A web application as others write one: signs people in with Authlib, checks every token with joserfc.

Listens on a free port of 127.0.0.1 and says it: {"listening": port}. The first line it is told configures it:

    {"issuer": …, "client_id": …, "client_secret": … or absent for a public client, "scope": …, "now": seconds since 1970 or absent,
     "parameters": {… more for the authorization request}}

Then a browser that opens / is sent to sign in, and comes back to /callback, where everything the application was given is verified; the page
says "Signed in" or what was wrong, and one line says the same: {"event": "signed-in", …} or {"event": "refused", "error": …}. /frame shows the
issuer's sign-in page in a frame, as a thief of clicks would. Later lines are commands, each answered by one line:

    {"do": "verify"}                                        the access token, locally, by the published keys
    {"do": "introspect", "client_id": …, "client_secret": …} at the introspection endpoint, as the API that got the token
    {"do": "userinfo"}   {"do": "refresh"}   {"do": "revoke"}

Ends when its standard input is closed.
"""

import html
import http.server
import json
import os
import sys
import threading
import urllib.parse

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # the tests' issuer is a loopback address

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core.util import create_half_hash
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

ALGORITHMS = ["ES256", "RS256"]


class Refused(Exception):
    pass


class Application:
    def __init__(self, settings: dict, address: str):
        self.issuer = settings["issuer"]
        self.now = settings.get("now")
        self.parameters = settings.get("parameters", {})
        self.metadata = self.fetch(self.issuer + "/.well-known/openid-configuration")
        self.check(self.metadata["issuer"] == self.issuer, "the metadata name another issuer")
        secret = settings.get("client_secret")
        self.session = OAuth2Session(
            settings["client_id"],
            secret,
            token_endpoint_auth_method="client_secret_basic" if secret else "none",
            scope=settings["scope"],
            redirect_uri=address + "/callback",
            code_challenge_method="S256",
        )
        self.pending = {}
        self.token = None

    def check(self, holds: bool, problem: str):
        if not holds:
            raise Refused(problem)

    def fetch(self, url: str, **options) -> dict:
        answer = requests.get(url, timeout=30, allow_redirects=False, **options)
        self.check(answer.status_code == 200, f"{url} answers {answer.status_code}")
        return answer.json()

    def begin(self) -> str:
        verifier, nonce = os.urandom(32).hex(), os.urandom(16).hex()
        url, state = self.session.create_authorization_url(
            self.metadata["authorization_endpoint"], code_verifier=verifier, nonce=nonce, **self.parameters
        )
        self.pending[state] = (verifier, nonce)
        return url

    def finish(self, url: str) -> dict:
        answer = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query))
        self.check(answer.get("state") in self.pending, "an answer to a question nobody asked")
        verifier, nonce = self.pending.pop(answer["state"])
        self.check(answer.get("iss") == self.issuer, "the answer comes from another issuer (RFC 9207)")
        if "error" in answer:
            raise Refused(answer["error"])
        self.token = self.session.fetch_token(
            self.metadata["token_endpoint"], grant_type="authorization_code", code=answer["code"], code_verifier=verifier
        )
        identity = self.verify_identity(nonce)
        access = self.verify_access()
        self.check(identity["sub"] == access["claims"]["sub"], "two tokens about two people")
        return {"identity": identity, "access": access, "userinfo": self.userinfo(), "has_refresh_token": "refresh_token" in self.token}

    def verify_identity(self, nonce: str) -> dict:
        token = self.decode(self.token["id_token"])
        claims = self.validate(
            token.claims,
            aud={"essential": True, "value": self.session.client_id},
            nonce={"essential": True, "value": nonce},
            sub={"essential": True},
        )
        if "at_hash" in claims:
            half = create_half_hash(self.token["access_token"], token.header["alg"]).decode()
            self.check(claims["at_hash"] == half, "at_hash is of another access token")
        return claims

    def verify_access(self) -> dict:
        token = self.decode(self.token["access_token"])
        self.check(token.header.get("typ") == "at+jwt", "not an access token (RFC 9068)")
        claims = self.validate(token.claims, aud={"essential": True}, sub={"essential": True}, client_id={"essential": True})
        return {"header": token.header, "claims": claims}

    def decode(self, token: str):
        keys = KeySet.import_key_set(self.fetch(self.metadata["jwks_uri"]))
        return jwt.decode(token, keys, algorithms=ALGORITHMS)

    def validate(self, claims: dict, **rules) -> dict:
        # The test's clock may stand still; then it stands still for us too.
        registry = jwt.JWTClaimsRegistry(
            now=self.now, iss={"essential": True, "value": self.issuer}, exp={"essential": True}, iat={"essential": True}, **rules
        )
        registry.validate(claims)
        return claims

    def userinfo(self) -> dict:
        return self.fetch(self.metadata["userinfo_endpoint"], headers=self.bearer())

    def bearer(self) -> dict:
        return {"Authorization": "Bearer " + self.token["access_token"]}

    def introspect(self, client_id: str, client_secret: str) -> dict:
        api = OAuth2Session(client_id, client_secret, token_endpoint_auth_method="client_secret_basic")
        answer = api.introspect_token(self.metadata["introspection_endpoint"], token=self.token["access_token"])
        self.check(answer.status_code == 200, f"introspection answers {answer.status_code}")
        return answer.json()

    def refresh(self) -> dict:
        self.token = self.session.refresh_token(self.metadata["token_endpoint"], refresh_token=self.token["refresh_token"])
        return self.verify_access()

    def revoke(self) -> dict:
        token = self.token.get("refresh_token", self.token["access_token"])
        answer = self.session.revoke_token(self.metadata["revocation_endpoint"], token=token)
        self.check(answer.status_code == 200, f"revocation answers {answer.status_code}")
        return {}

    def verify(self) -> dict:
        return self.verify_access()


def say(**line) -> None:
    print(json.dumps(line), flush=True)


def attempt(action) -> dict:
    try:
        return {"event": "done", **action()}
    except (Refused, OAuthError, JoseError) as problem:
        return {"event": "refused", "error": getattr(problem, "error", None) or str(problem)}


def main():
    application = None

    class Door(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            path = urllib.parse.urlsplit(self.path).path
            if path == "/":
                self.send_response(302)
                self.send_header("Location", application.begin())
                self.end_headers()
            elif path == "/callback":
                outcome = attempt(lambda: application.finish(self.path))
                if outcome["event"] == "done":
                    outcome["event"] = "signed-in"
                self.page("Signed in" if outcome["event"] == "signed-in" else "Refused: " + html.escape(outcome["error"]))
                say(**outcome)
            elif path == "/frame":
                self.page(f'<iframe src="{application.issuer}/sign-in"></iframe>')
            else:
                self.send_error(404)

        def page(self, content: str):
            body = f"<!DOCTYPE html><title>Relying party</title>{content}".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.daemon_threads = True
    port = server.server_address[1]
    say(listening=port)
    settings = sys.stdin.readline()
    if not settings:
        return
    application = Application(json.loads(settings), f"http://127.0.0.1:{port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    say(event="ready")
    for line in sys.stdin:
        command = json.loads(line)
        action = getattr(application, command.pop("do"))
        say(**attempt(lambda: action(**command)))


if __name__ == "__main__":
    main()
