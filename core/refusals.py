"""Saying no: every refusal is a sentence that the page shows."""


class Refused(Exception):
    """An act that this person may not do, or that the state does not allow. Nothing was changed."""

    def __init__(self, sentence):
        super().__init__(sentence)
        self.sentence = sentence
