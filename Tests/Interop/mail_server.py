"""An independent SMTP server (aiosmtpd) that can fail in the ways servers do.

Says its port, then everything that happens to it, as one JSON object a line. Ends when its standard input is closed.
"""

import argparse
import asyncio
import base64
import json
import logging
import ssl
import sys
import warnings

from aiosmtpd.smtp import SMTP, AuthResult

import mail_reader

FAULTS = [
    "none",
    "silent",  # takes the connection and never greets
    "slow",  # takes the message and never answers
    "reject-sender",
    "reject-recipient",
    "reject-policy",
    "busy-recipient",
    "reject-message",
    "drop-after-data",
]


def tell(event: str, **details) -> None:
    print(json.dumps({"event": event, **details}), flush=True)


def encrypted(server) -> bool:
    return server.transport.get_extra_info("sslcontext") is not None


class Clerk:
    """What the server answers at each step."""

    def __init__(self, fault: str):
        self.fault = fault

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        tell("EHLO", tls=encrypted(server), name=hostname)
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        tell("MAIL", tls=encrypted(server), options=options)
        if self.fault == "reject-sender":
            return "550 5.1.8 we do not know such a sender"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        tell("RCPT", tls=encrypted(server))
        answers = {
            "reject-recipient": "550 5.1.1 no such mailbox",
            "reject-policy": "550 5.7.1 relaying denied",
            "busy-recipient": "450 4.2.1 try again later",
        }
        if self.fault in answers:
            return answers[self.fault]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        tell(
            "DATA",
            tls=encrypted(server),
            user=session.auth_data.decode() if session.authenticated else None,
            sender=envelope.mail_from,
            recipients=envelope.rcpt_tos,
            content=base64.b64encode(envelope.original_content).decode(),
            read=mail_reader.read(envelope.original_content),
        )
        if self.fault == "drop-after-data":
            server.transport.abort()
            await asyncio.Event().wait()
        if self.fault == "slow":
            await asyncio.Event().wait()
        if self.fault == "reject-message":
            return "554 5.6.0 we do not take such messages"
        return "250 2.0.0 taken"


async def serve(options) -> None:
    context = None
    if options.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.certificate, options.key)

    def authenticate(server, session, envelope, mechanism, data):
        right = data.login == options.user.encode() and data.password == options.password.encode()
        tell("AUTH", tls=encrypted(server), right=right)
        return AuthResult(success=right, handled=False, auth_data=data.login if right else None)

    def session():
        if options.fault == "silent":
            return asyncio.Protocol()
        starttls = context if context and not options.implicit_tls and not options.no_starttls else None
        return SMTP(
            Clerk(options.fault),
            hostname="mail.test",
            enable_SMTPUTF8=True,
            tls_context=starttls,
            require_starttls=starttls is not None,
            authenticator=authenticate if options.user else None,
            auth_required=options.user is not None,
            # Without TLS the server would take a password all the same: that nobody sends one is for the client to prove.
            auth_require_tls=False,
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(session, "127.0.0.1", 0, ssl=context if options.implicit_tls else None)
    tell("listening", port=server.sockets[0].getsockname()[1])
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--implicit-tls", action="store_true")
    parser.add_argument("--no-starttls", action="store_true")
    parser.add_argument("--user")
    parser.add_argument("--password", default="")
    parser.add_argument("--fault", choices=FAULTS, default="none")
    # What goes wrong here is meant to; the test says whether it was the right thing.
    logging.disable()
    warnings.simplefilter("ignore")
    asyncio.run(serve(parser.parse_args()))
