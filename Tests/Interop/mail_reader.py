"""Reads messages as an independent mail program does: Python's email package.

Each line of standard input is one message in Base64; each line of standard output tells what was read, as JSON.
"""

import base64
import email
import email.header
import email.policy
import email.utils
import json
import sys


def read(content: bytes) -> dict:
    text = content.decode("utf-8")
    message = email.message_from_string(text, policy=email.policy.SMTPUTF8)
    alternatives = list(message.iter_parts()) if message.is_multipart() else []
    return {
        "headers": [name for name, _ in message.items()],
        "subject": message["Subject"],
        "from": mailbox(text, "From"),
        "to": mailbox(text, "To"),
        "message_id": message["Message-ID"],
        "date": message["Date"].datetime.isoformat(),
        "auto_submitted": message["Auto-Submitted"],
        "language": message["Content-Language"],
        "type": message.get_content_type(),
        "parts": [{"type": part.get_content_type(), "text": lines(part.get_content())} for part in alternatives],
        "defects": [type(defect).__name__ for part in [message, *alternatives] for defect in defects_of(part)],
    }


def defects_of(part) -> list:
    return [*part.defects, *(defect for value in part.values() for defect in getattr(value, "defects", []))]


def mailbox(text: str, header: str) -> dict:
    # The package's older parser: the newer one keeps the blank between two encoded words of a display name, against RFC 2047 section 6.2.
    name, address = email.utils.parseaddr(email.message_from_string(text)[header])
    return {"name": str(email.header.make_header(email.header.decode_header(name))), "address": address}


def lines(text: str) -> str:
    return text.replace("\r\n", "\n")


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(read(base64.b64decode(line))), flush=True)
