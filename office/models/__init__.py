from office.models.files import StoredFile
from office.models.jobs import Job
from office.models.messages import Message, Receipt
from office.models.word import WordTemplate

__all__ = ["Job", "Message", "Receipt", "StoredFile", "WordTemplate"]
