"""Mail, by Django's own backend: one connection for many messages, and the answers of the server told apart."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from office.outbox.outcomes import FAILED, SENT, UNCERTAIN, Outcome
from office.outbox.wording import Letter

PERMANENT = 500  # codes of SMTP from here on: the same message will never be taken
LONGEST_ANSWER = 300


class Postman:
    """Holds the connection between messages; opens it anew after trouble."""

    def __init__(self) -> None:
        self.connection = get_connection()
        self.is_open = False

    def send(self, address: str, words: Letter) -> Outcome:
        mail = EmailMessage(words.subject, words.text, settings.DEFAULT_FROM_EMAIL, [address])
        mail.extra_headers["Auto-Submitted"] = "auto-generated"
        try:
            if not self.is_open:
                self.connection.open()
                self.is_open = True
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return Outcome(FAILED, told(error))
        try:
            self.connection.send_messages([mail])
        except (TimeoutError, smtplib.SMTPServerDisconnected) as error:
            self.close()
            return Outcome(UNCERTAIN, told(error))
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return Outcome(FAILED, told(error), is_final=is_final(error))
        return Outcome(SENT)

    def close(self) -> None:
        try:
            self.connection.close()
        except (OSError, smtplib.SMTPException):  # the other side was gone already
            return
        finally:
            self.is_open = False


def codes(error: Exception) -> list[tuple[int, bytes | str]]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return list(error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return [(error.smtp_code, error.smtp_error)]
    return []


def is_final(error: Exception) -> bool:
    """Refused for this message or this address; a password that is wrong can be mended."""
    found = codes(error)
    lasting = bool(found) and all(code >= PERMANENT for code, _words in found)
    return lasting and not isinstance(error, smtplib.SMTPAuthenticationError)


def told(error: Exception) -> str:
    """The codes of the server alone: its words may repeat the address, which is personal."""
    found = codes(error)
    if found:
        return ", ".join(f"SMTP {code}" for code, _words in found)[:LONGEST_ANSWER]
    return f"{type(error).__name__}: {error}"[:LONGEST_ANSWER]
